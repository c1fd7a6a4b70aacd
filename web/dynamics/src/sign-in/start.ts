/** The tokens of whichever provider the authority is. */

import { startEntra } from "./entra.ts";
import { oidcTokens } from "./oidc.ts";
import { type Application, isEntra, type Tokens } from "./tokens.ts";

export async function startTokens(application: Application): Promise<Tokens> {
  return isEntra(application.authority) ? startEntra(application) : oidcTokens(application);
}
