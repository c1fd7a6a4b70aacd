/** How the agent's access token is got: Entra ID in production, any OpenID provider elsewhere. */

export interface Tokens {
  /** Get a token without the agent; null when they have to sign in. */
  silent(): Promise<string | null>;
  /** Get one with a window for the agent; to be called from a click, for browsers block others. */
  popup(): Promise<string>;
}

export interface Application {
  authority: string;
  clientId: string;
  scope: string;
  redirectUri: string;
  /** The agent's user principal name, where it is known. */
  loginHint: string | null;
}

const ENTRA = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
]);

export const isEntra = (authority: string): boolean => ENTRA.has(new URL(authority).hostname);

/** A tenant's authority; in place of a tenant's id there may be another provider's issuer. */
export function authorityOf(tenant: string): string {
  return /^https?:\/\//.test(tenant) ? tenant : `https://login.microsoftonline.com/${tenant}/v2.0`;
}
