/** Any OpenID provider that is not Entra ID, such as the simulated one. */

import { type User, UserManager } from "oidc-client-ts";
import type { Application, Tokens } from "./tokens.ts";

export function oidcTokens({ authority, clientId, scope, redirectUri }: Application): Tokens {
  const manager = new UserManager({
    authority,
    client_id: clientId,
    scope,
    redirect_uri: redirectUri,
    popup_redirect_uri: redirectUri,
    silent_redirect_uri: redirectUri,
  });
  const valid = (user: User | null) => (user && !user.expired ? user.access_token : null);
  return {
    silent: async () =>
      valid(await manager.getUser()) ?? valid(await manager.signinSilent().catch(() => null)),
    popup: async () => (await manager.signinPopup()).access_token,
  };
}
