/** What the server says about this deployment, in `./config.json`. */

import type { DialMode } from "./wire.ts";

export interface Config {
  api: string;
  oidc: { authority: string; clientId: string; scope: string };
  dialMode: DialMode;
  bank: { name: string };
  /** The Connect simulator's browser dial; null where there is none, or a CCP instead. */
  browserDial: { url: string } | null;
  /** The instance's CCP; null where none is set. */
  ccpUrl: string | null;
  /** That CCP is the simulator's, which has no sign-in of its own. */
  ccpSimulated: boolean;
  /** STUN servers (RFC 7064) to try UDP with. */
  stun: string[];
}

export async function loadConfig(): Promise<Config> {
  const answer = await fetch("./config.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(`config.json: HTTP ${answer.status}`);
  return checked((await answer.json()) as Partial<Config>);
}

export function checked(config: Partial<Config>): Config {
  const { api, oidc, dialMode, bank, browserDial, ccpUrl, ccpSimulated, stun } = config;
  if (typeof api !== "string") throw new Error("config.json: api is missing");
  if (!oidc?.authority || !oidc.clientId || !oidc.scope) {
    throw new Error("config.json: oidc needs authority, clientId and scope");
  }
  if (dialMode !== "server" && dialMode !== "agent") {
    throw new Error("config.json: dialMode must be server or agent");
  }
  if (!bank?.name) throw new Error("config.json: bank.name is missing");
  const known = { api, oidc, dialMode, bank, browserDial: browserDial ?? null };
  const ccp = { ccpUrl: ccpUrl ?? null, ccpSimulated: ccpSimulated ?? false };
  return { ...known, ...ccp, stun: stun ?? [] };
}
