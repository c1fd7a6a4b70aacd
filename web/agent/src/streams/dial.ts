/** `agent.connect` as one promise. */

import { dialFailure, failure } from "./failures.ts";
import type { Agent, Streams } from "./streams.ts";

/** `connect.AgentPermissions.OUTBOUND_CALL`. */
const OUTBOUND_CALL = "outboundCall";

/** Longest wait for the CCP to accept a dial. */
export const ACCEPT_MS = 10_000;

export interface Wanted {
  number: string;
  queueArn: string;
}

/** Resolves when Connect has accepted the dial, which tells neither the contact nor an answer. */
export function dialWith(
  agent: Agent,
  streams: Pick<Streams, "Endpoint">,
  { number, queueArn }: Wanted,
  acceptMs = ACCEPT_MS,
): Promise<void> {
  if (!agent.getPermissions().includes(OUTBOUND_CALL)) {
    return Promise.reject(failure("ccp_no_permission", `${OUTBOUND_CALL} is not granted`));
  }
  return new Promise((resolve, reject) => {
    // Streams 2.28.2 ends the wait itself when told to, but its types do not say so; neither callback
    // comes when a message is lost on the way, so that ours stands beside it.
    const late = setTimeout(() => reject(failure("ccp_timeout")), acceptMs);
    const options = {
      queueARN: queueArn,
      timeout: acceptMs,
      success: () => {
        clearTimeout(late);
        resolve();
      },
      failure: (error: string) => {
        clearTimeout(late);
        reject(dialFailure(error));
      },
    };
    agent.connect(streams.Endpoint.byPhoneNumber(number), options);
  });
}
