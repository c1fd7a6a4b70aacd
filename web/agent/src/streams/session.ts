/** Whether the agent is signed in to the CCP. */

import type { Agent, Streams } from "./streams.ts";

/**
 * What the CCP says when a session is over. Streams has no `onSessionExpired`: these events of its bus
 * are all there is, `ack_timeout` for a frame that shows a sign-in page instead of the CCP.
 */
const LOST = ["auth_fail", "access_denied", "terminated", "ack_timeout"] as const;

/** Tell the agent once known, and each time whether they are signed in; ended by `core.terminate`. */
export function watchSession(
  streams: Streams,
  onAgent: (agent: Agent) => void,
  onSession: (signedIn: boolean) => void,
): void {
  let signedIn: boolean | null = null;
  const tell = (now: boolean) => {
    if (signedIn === now) return;
    signedIn = now;
    onSession(now);
  };
  const bus = streams.core.getEventBus();
  for (const each of LOST) bus.subscribe(each, () => tell(false));
  streams.agent((agent) => {
    onAgent(agent);
    tell(true);
    // Only a CCP with a session goes on telling of the agent.
    agent.onRefresh(() => tell(true));
  });
}
