/** The agent's session with the CCP, as far as the page knows it. */

import { pause } from "../pause.ts";
import type { Softphone } from "../softphone.ts";

export type CcpState =
  /** The agent's state is known. */
  | "known"
  /** It was known, and is no longer. */
  | "lost"
  | "not_opened";

/** Here it is made from the softphone; in Agent Workspace, from `AgentClient` and `VoiceClient`. */
export interface CcpSession {
  state(): CcpState;
  /** Report changes of the state; the returned function ends it. */
  listen(changed: () => void): () => void;
  /** The CCP stands in a frame of this page, so that whatever it says proves the origin approved. */
  framed: boolean;
  /** What the agent may do, as `connect.AgentPermissions` spells it; null where it is not told. */
  permissions: (() => Promise<readonly string[]>) | null;
}

/** True as soon as the agent's state is known; false after *ms* milliseconds without. */
export async function known(session: CcpSession, ms: number, signal: AbortSignal) {
  const opened = new AbortController();
  const look = () => session.state() === "known" && opened.abort();
  const stop = session.listen(look);
  look();
  await pause(ms, AbortSignal.any([signal, opened.signal]));
  stop();
  return session.state() === "known";
}

/** Take the softphone's connection for the session, and the permissions that it tells. */
export function softphoneSession(softphone: Softphone): CcpSession {
  const watchers = new Set<() => void>();
  let state: CcpState = "not_opened";
  let stop: () => void = () => undefined;

  const onReady = (ready: boolean) => {
    const next = ready ? "known" : state === "known" ? "lost" : state;
    if (next === state) return;
    state = next;
    for (const each of watchers) each();
  };

  return {
    state: () => state,
    listen(changed) {
      watchers.add(changed);
      if (watchers.size === 1) stop = softphone.listen({ onReady, onContact: () => undefined });
      return () => {
        if (!watchers.delete(changed) || watchers.size > 0) return;
        stop();
        state = "not_opened";
      };
    },
    framed: softphone.panel !== undefined,
    permissions: softphone.permissions?.bind(softphone) ?? null,
  };
}
