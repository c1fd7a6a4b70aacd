/** One attempt to call a customer, as this page knows it; pure. Times are of this page's clock. */

import type { Problem } from "./api.ts";
import type { Call, CallState, DialMode } from "./wire.ts";

/** What the agent pressed the button for. */
export interface Order {
  callId: string;
  mode: DialMode;
  customerId: string;
  customerName: string;
  phone: string;
  reason: string;
  reasonText: string;
  startedAt: number;
}

interface UnderWay {
  order: Order;
  /** False while the server does not answer; the call itself goes on. */
  online: boolean;
  cancelling: boolean;
  cancelProblem: Problem | null;
}

/** The button is pressed; the server has not shown the call yet. */
export interface Starting extends UnderWay {
  is: "starting";
}

export interface Running extends UnderWay {
  is: "running";
  call: Call;
  /** When this page learned of the state that the call is in. */
  since: number;
  /** Why the browser's dial failed; the call is then being cancelled. */
  dialProblem: Problem | null;
}

export interface Over {
  is: "over";
  order: Order;
  /** Null where the server never stored it. */
  call: Call | null;
  problem: Problem | null;
  endedAt: number;
  /** The agent asked for this end. */
  cancelled: boolean;
}

export type Attempt = { is: "idle" } | Starting | Running | Over;

export type AttemptEvent =
  | { type: "started"; order: Order }
  | { type: "heard"; call: Call; at: number }
  | { type: "refused"; callId: string; problem: Problem; at: number }
  | { type: "lost" }
  | { type: "found" }
  | { type: "dialFailed"; problem: Problem }
  | { type: "cancelAsked" }
  | { type: "cancelFailed"; problem: Problem }
  | { type: "cleared" }
  /** The page lets go; the call goes on without it. */
  | { type: "left" };

export const idle: Attempt = { is: "idle" };

const FINAL: ReadonlySet<CallState> = new Set([
  "ended",
  "refused",
  "declined",
  "cancelled",
  "abandoned",
]);

export const isFinal = (state: CallState): boolean => FINAL.has(state);
export const isLive = (attempt: Attempt): attempt is Starting | Running =>
  attempt.is === "starting" || attempt.is === "running";

export function step(attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.type) {
    case "started":
      return isLive(attempt) ? attempt : begun(event.order);
    case "heard":
      return isLive(attempt) ? heard(attempt, event.call, event.at) : attempt;
    case "refused":
      return attempt.is === "starting" && attempt.order.callId === event.callId
        ? over(attempt, null, event.problem, event.at)
        : attempt;
    case "lost":
      return isLive(attempt) ? { ...attempt, online: false } : attempt;
    case "found":
      return isLive(attempt) ? { ...attempt, online: true } : attempt;
    case "dialFailed":
      return attempt.is === "running" ? { ...attempt, dialProblem: event.problem } : attempt;
    case "cancelAsked":
      return isLive(attempt) ? { ...attempt, cancelling: true, cancelProblem: null } : attempt;
    case "cancelFailed":
      return isLive(attempt)
        ? { ...attempt, cancelling: false, cancelProblem: event.problem }
        : attempt;
    case "cleared":
      return isLive(attempt) ? attempt : idle;
    case "left":
      return idle;
  }
}

function begun(order: Order): Starting {
  return { is: "starting", order, online: true, cancelling: false, cancelProblem: null };
}

/** Take a newer version of this call; an answer that comes late, twice, or of another call changes nothing. */
function heard(attempt: Starting | Running, call: Call, at: number): Attempt {
  if (call.callId !== attempt.order.callId) return attempt;
  if (attempt.is === "running" && call.version <= attempt.call.version) {
    return attempt.online ? attempt : { ...attempt, online: true };
  }
  if (isFinal(call.state)) return over(attempt, call, dialProblemOf(attempt), at);
  const moved = attempt.is === "starting" || attempt.call.state !== call.state;
  return {
    ...attempt,
    is: "running",
    online: true,
    call,
    since: moved ? at : attempt.since,
    cancelling: attempt.cancelling && call.state !== "connected",
    dialProblem: attempt.is === "running" ? attempt.dialProblem : null,
  };
}

function over(
  attempt: Starting | Running,
  call: Call | null,
  problem: Problem | null,
  endedAt: number,
): Over {
  const { order } = attempt;
  return { is: "over", order, call, problem, endedAt, cancelled: attempt.cancelling };
}

const dialProblemOf = (attempt: Starting | Running) =>
  attempt.is === "running" ? attempt.dialProblem : null;

/** When the call came into a state, by the server's clock. */
export function reachedAt(call: Call, state: CallState): number | null {
  const entry = call.timeline.find((each) => each.state === state);
  return entry ? Date.parse(entry.at) : null;
}
