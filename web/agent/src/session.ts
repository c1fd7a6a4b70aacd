/** The agent's sign-in: authorization code with PKCE, renewed silently. */

import { type User, UserManager } from "oidc-client-ts";
import type { Tokens } from "./api.ts";
import type { Config } from "./config.ts";

export type SessionState =
  | { is: "starting" }
  | { is: "out"; failure: string | null }
  | { is: "in" }
  | { is: "expired" };

export interface Session extends Tokens {
  state(): SessionState;
  subscribe(changed: () => void): () => void;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

/** The page is inside another one, where an identity provider refuses to be shown. */
const framed = window.self !== window.top;

export function createSession({ oidc }: Config): Session {
  const here = new URL("./", window.location.href).href;
  const manager = new UserManager({
    authority: oidc.authority,
    client_id: oidc.clientId,
    scope: oidc.scope,
    redirect_uri: here,
    popup_redirect_uri: here,
    silent_redirect_uri: here,
    post_logout_redirect_uri: here,
    automaticSilentRenew: true,
  });
  const watchers = new Set<() => void>();
  let state: SessionState = { is: "starting" };
  let user: User | null = null;
  let renewing: Promise<string | null> | null = null;

  const become = (next: SessionState) => {
    state = next;
    for (const each of watchers) each();
  };
  const enter = (entered: User | null) => {
    user = entered && !entered.expired ? entered : null;
    become(user ? { is: "in" } : { is: "out", failure: null });
  };
  const expire = () => {
    user = null;
    if (state.is !== "out") become({ is: "expired" });
  };

  manager.events.addUserLoaded((loaded) => {
    user = loaded;
    become({ is: "in" });
  });
  manager.events.addAccessTokenExpired(expire);

  async function renew(): Promise<string | null> {
    try {
      user = await manager.signinSilent();
    } catch {
      user = null;
    }
    if (!user) expire();
    return user?.access_token ?? null;
  }

  async function begin() {
    try {
      const answered = /[?&]state=/.test(window.location.search);
      const signedIn = answered ? await manager.signinCallback() : await manager.getUser();
      // A popup or a hidden frame has done its work: its opener goes on.
      if (answered && !signedIn) return;
      if (answered) window.history.replaceState(null, "", here);
      enter(signedIn ?? null);
    } catch (error) {
      window.history.replaceState(null, "", here);
      become({ is: "out", failure: String(error) });
    }
  }

  void begin();

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    current: () => user?.access_token ?? null,
    renew() {
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      return renewing;
    },
    async signIn() {
      try {
        if (framed) enter(await manager.signinPopup());
        else await manager.signinRedirect();
      } catch (error) {
        become({ is: "out", failure: String(error) });
      }
    },
    async signOut() {
      await manager.removeUser();
      enter(null);
    },
  };
}
