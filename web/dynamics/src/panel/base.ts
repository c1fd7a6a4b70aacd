/** From nothing to what the panel needs: settings, Dynamics around it, the agent's sign-in. */

import { createApi } from "@ringproof/agent/api.ts";
import type { Base } from "@ringproof/agent/app.tsx";
import { createSession, type Session } from "@ringproof/agent/session.ts";
import { startTokens } from "../sign-in/start.ts";
import { isEntra } from "../sign-in/tokens.ts";
import { type Cif, loadCif } from "./cif.ts";
import { cifDesktop } from "./cif-desktop.ts";
import { loadPanelConfig, type PanelConfig } from "./config.ts";
import { tokensSession } from "./tokens-session.ts";
import { userName } from "./user.ts";
import { windowDesktop } from "./window-desktop.ts";

const framed = window.self !== window.top;

export async function loadBase(say: (sentence: string | null) => void): Promise<Base> {
  const config = await loadPanelConfig();
  const origin = framed ? config.dynamicsOrigin : null;
  const cif = origin ? await loadCif(origin) : null;
  const desktop = cif ? await cifDesktop(cif, say) : windowDesktop();
  const session = await sessionOf(config, cif);
  return { config, session, api: createApi(config.api, session), desktop };
}

/** Entra ID through MSAL; another provider as the agent's page does it. */
async function sessionOf(config: PanelConfig, cif: Cif | null): Promise<Session> {
  if (!isEntra(config.oidc.authority)) return createSession(config);
  const redirectUri = new URL("./redirect.html", window.location.href).href;
  const loginHint = cif && (await userName(cif));
  return tokensSession(await startTokens({ ...config.oidc, redirectUri, loginHint }));
}
