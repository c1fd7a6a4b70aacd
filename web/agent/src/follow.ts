/** Long-poll one call until it has ended. */

import { type Api, type Problem, problemFrom } from "./api.ts";
import { isFinal } from "./attempt.ts";
import { backoff, pause } from "./pause.ts";
import type { Call } from "./wire.ts";

/** Between polls for a call that the server has not stored yet. */
const NOT_STORED_MS = 150;
/** An unchanged answer that comes faster than this was not held open. */
const HELD_MS = 500;

export interface Ears {
  hear(call: Call): void;
  /** The server does not answer; polling goes on. */
  lose(): void;
  /** The server does not know the call; return true to go on asking. */
  missing(problem: Problem): boolean;
}

/** Resolves when the call has ended, is given up as missing, or *signal* is aborted. */
export async function follow(
  api: Api,
  callId: string,
  ears: Ears,
  signal: AbortSignal,
): Promise<void> {
  let version = 0;
  let failures = 0;
  while (!signal.aborted) {
    const asked = Date.now();
    // After a failure the same version will do: an answer at once tells that the line is back.
    const after = failures > 0 ? Math.max(0, version - 1) : version;
    try {
      const call = await api.call(callId, after, signal);
      failures = 0;
      ears.hear(call);
      if (isFinal(call.state)) return;
      if (call.version <= version && Date.now() - asked < HELD_MS) await pause(HELD_MS, signal);
      version = Math.max(version, call.version);
    } catch (error) {
      if (signal.aborted) return;
      const problem = problemFrom(error);
      if (problem.status === 404) {
        if (!ears.missing(problem)) return;
        await pause(NOT_STORED_MS, signal);
      } else {
        ears.lose();
        failures += 1;
        await pause(problem.retryAfter ? problem.retryAfter * 1_000 : backoff(failures), signal);
      }
    }
  }
}
