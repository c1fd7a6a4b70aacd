/** Entra ID through MSAL; Dynamics' pages are frames, in which Entra refuses to be shown. */

import type {
  AccountInfo,
  AuthenticationResult,
  IPublicClientApplication,
} from "@azure/msal-browser";
import type { Application, Tokens } from "./tokens.ts";

export type Client = Pick<
  IPublicClientApplication,
  "acquireTokenSilent" | "ssoSilent" | "acquireTokenPopup" | "getAllAccounts"
>;

/** Try what asks nobody first: the cache and its refresh token, then the browser's Entra session. */
export function entraTokens(client: Client, application: Application): Tokens {
  const { loginHint } = application;
  const scopes = resourceScopes(application.scope);
  const hint = loginHint ? { loginHint } : {};
  const keep = ({ accessToken }: AuthenticationResult) => accessToken;

  const cached = async (account: AccountInfo) =>
    keep(await client.acquireTokenSilent({ scopes, account }));
  const session = async () => keep(await client.ssoSilent({ scopes, ...hint }));

  return {
    async silent() {
      const account = accountOf(client.getAllAccounts(), loginHint);
      const first = account ? await cached(account).catch(() => null) : null;
      return first ?? (await session().catch(() => null));
    },
    popup: async () => keep(await client.acquireTokenPopup({ scopes, ...hint })),
  };
}

/** The account that the hint names; without a hint the only one there is. */
function accountOf(accounts: AccountInfo[], hint: string | null): AccountInfo | null {
  const known = hint?.toLowerCase();
  const named = accounts.find((each) => each.username.toLowerCase() === known);
  return named ?? (hint === null && accounts.length === 1 ? (accounts[0] ?? null) : null);
}

/** MSAL adds the OpenID scopes itself. */
function resourceScopes(scope: string): string[] {
  const openid = new Set(["openid", "profile", "offline_access"]);
  return scope.split(/\s+/).filter((each) => each && !openid.has(each));
}

export async function startEntra(application: Application): Promise<Tokens> {
  const { createStandardPublicClientApplication } = await import("@azure/msal-browser");
  const { clientId, redirectUri } = application;
  // MSAL adds the version to the authority itself.
  const authority = application.authority.replace(/\/v2\.0\/?$/, "");
  const client = await createStandardPublicClientApplication({
    auth: { clientId, authority, redirectUri },
    cache: { cacheLocation: "sessionStorage" },
  });
  return entraTokens(client, application);
}
