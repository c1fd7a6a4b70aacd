/** Order a call. A repeat carries the same call id, so that it can never become a second call. */

import { type Api, type Problem, problemFrom } from "./api.ts";
import { backoff, pause } from "./pause.ts";
import type { Call, CallOrder, DialMode } from "./wire.ts";

/** What is sent, and where to: an agent's `Order`, or less where the server is to choose. */
export type Placing = CallOrder & { mode: DialMode };

const MOST_TRIES = 3;

/** Answers with the call, or with the problem that stands in the way of knowing one. */
export async function sendOrder(
  api: Api,
  order: Placing,
  signal: AbortSignal,
): Promise<Call | Problem> {
  const { callId, customerId, phone, reason } = order;
  for (let tries = 1; ; tries++) {
    try {
      return await api.start(order.mode, { callId, customerId, phone, reason }, signal);
    } catch (error) {
      const problem = problemFrom(error);
      if (!repeatable(problem) || tries >= MOST_TRIES || signal.aborted) return problem;
      await pause(problem.retryAfter ? problem.retryAfter * 1_000 : backoff(tries), signal);
    }
  }
}

/** True when nobody knows whether the order arrived, or the server asks for another try. */
function repeatable(problem: Problem): boolean {
  return problem.status === 0 || problem.status >= 500;
}
