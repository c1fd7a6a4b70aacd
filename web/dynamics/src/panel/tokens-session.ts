/** The panel's session over any `Tokens`. */

import type { Session, SessionState } from "@ringproof/agent/session.ts";
import type { Tokens } from "../sign-in/tokens.ts";

export function tokensSession(tokens: Tokens): Session {
  const watchers = new Set<() => void>();
  let state: SessionState = { is: "starting" };
  let token: string | null = null;

  const become = (next: SessionState) => {
    state = next;
    for (const each of watchers) each();
  };
  const enter = (entered: string | null) => {
    token = entered;
    become(token ? { is: "in" } : { is: "out", failure: null });
  };
  void tokens.silent().then(enter);

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    current: () => token,
    async renew() {
      token = await tokens.silent();
      if (!token && state.is !== "out") become({ is: "expired" });
      return token;
    },
    async signIn() {
      try {
        enter(await tokens.popup());
      } catch (error) {
        become({ is: "out", failure: String(error) });
      }
    },
    // Signing out of Dynamics is signing out; here only this panel forgets.
    signOut: async () => enter(null),
  };
}
