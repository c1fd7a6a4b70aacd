import { UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { Config, PhoneKind } from "../config.ts";

/** The customer's sign-in: OpenID Connect, authorization code with PKCE. */
export interface Login {
  /** Finish a sign-in that this page load came back from; what was being done is given back. */
  resume(): Promise<{ readonly kind?: PhoneKind } | undefined>;
  /** The bearer token, if the customer is signed in. */
  token(): Promise<string | undefined>;
  /** Leave the page to sign in. *again* asks for the password even if there is a session. */
  start(kind: PhoneKind | undefined, again?: boolean): Promise<void>;
}

export function openLogin({ oidc }: Config): Login {
  const page = `${location.origin}${location.pathname}`;
  const users = new UserManager({
    authority: oidc.authority,
    client_id: oidc.clientId,
    redirect_uri: page,
    scope: oidc.scope ?? "openid profile",
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
  });

  return {
    async resume() {
      const query = new URLSearchParams(location.search);
      if (!query.has("state") || !(query.has("code") || query.has("error"))) return undefined;
      try {
        const user = await users.signinRedirectCallback();
        const doing = (user.state as { kind?: PhoneKind } | undefined) ?? {};
        history.replaceState(null, "", doing.kind ? `${page}?platform=${doing.kind}` : page);
        return doing;
      } catch (error) {
        // A code is good once: a reload must not send it again.
        history.replaceState(null, "", page);
        throw error;
      }
    },
    async token() {
      const user = await users.getUser();
      return user && !user.expired ? user.access_token : undefined;
    },
    start: (kind, again = false) =>
      users.signinRedirect({ state: { kind }, ...(again && { prompt: "login" }) }),
  };
}
