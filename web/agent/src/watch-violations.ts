/** Keep asking the server for the agent's violations while somebody looks at the page. */

import { type Api, problemFrom } from "./api.ts";
import { pause } from "./pause.ts";
import type { Violation } from "./wire.ts";

const EVERY_MS = 5_000;
/** Asked for at first: it covers a reload, and two clocks that disagree. */
const BACK_MS = 15 * 60_000;
/** Asked for once more each time, since a contact may be recorded after a later one. */
const OVERLAP_MS = 60_000;

/** Something that happens; the returned function ends the listening. */
export type Listen = (happened: () => void) => () => void;

export interface Surroundings {
  api: Pick<Api, "violations">;
  /** Milliseconds since the epoch, by this page's clock. */
  now: number;
  visible(): boolean;
  /** The page is shown again, or a contact ended before it rang: ask at once. */
  onNudge: Listen;
  hear(violations: Violation[]): void;
  signal: AbortSignal;
  everyMs?: number;
}

/** Resolves when aborted, or when the server turns out to be older than such questions. */
export async function watchViolations(around: Surroundings): Promise<void> {
  const { api, visible, hear, signal, everyMs = EVERY_MS } = around;
  let since = around.now - BACK_MS;
  const nudge = nudges(around.onNudge, signal);
  while (!signal.aborted) {
    let wait = everyMs;
    const nudged = nudge();
    if (visible()) {
      try {
        const { violations } = await api.violations(new Date(since).toISOString(), signal);
        since = Math.max(since, ...violations.map(({ at }) => Date.parse(at) - OVERLAP_MS));
        if (violations.length > 0) hear(violations);
      } catch (error) {
        const { status, retryAfter } = problemFrom(error);
        if (status === 404) return;
        wait = Math.max(wait, (retryAfter ?? 0) * 1_000);
      }
    }
    await pause(wait, AbortSignal.any([signal, nudged]));
  }
}

/** Each call begins to listen for the next nudge; one that comes during a question counts after it. */
function nudges(onNudge: Listen, signal: AbortSignal): () => AbortSignal {
  let next = new AbortController();
  const stop = onNudge(() => next.abort());
  signal.addEventListener("abort", stop);
  return () => {
    next = new AbortController();
    return next.signal;
  };
}
