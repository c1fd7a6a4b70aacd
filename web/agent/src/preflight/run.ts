/** Run the checks side by side, each with a wait that ends. */

import { words } from "../strings.ts";
import {
  type Check,
  type CheckId,
  type Finding,
  type Look,
  unknown,
  type Verdict,
} from "./check.ts";

const WAIT_MS = 5_000;

export interface Preflight {
  /** Look at everything once more, because the agent pressed the button. */
  again(): void;
}

/** Begin to look; every finding goes to *tell* as soon as it is made, until the signal is aborted. */
export function preflight(
  checks: readonly Check[],
  tell: (finding: Finding) => void,
  signal: AbortSignal,
): Preflight {
  const looks = new Map<CheckId, AbortController>();

  const look = async (check: Check, clicked: boolean) => {
    looks.get(check.id)?.abort();
    const leaving = new AbortController();
    looks.set(check.id, leaving);
    const until = AbortSignal.any([signal, leaving.signal]);
    tell(checking(check));
    const finding = await findingOf(check, { clicked, signal: until });
    if (!until.aborted) tell(finding);
  };
  const all = (clicked: boolean) => {
    for (const each of checks) void look(each, clicked);
  };

  all(false);
  for (const each of checks) {
    const stop = each.watch?.(() => void look(each, false));
    if (stop) signal.addEventListener("abort", stop);
  }
  return { again: () => all(true) };
}

/** Wait for one check, but not for ever; never rejects. */
export async function findingOf(check: Check, look: Look, waitMs?: number): Promise<Finding> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), waitMs ?? check.waitMs ?? WAIT_MS);
  const until = AbortSignal.any([look.signal, silence.signal]);
  const late = () => check.late ?? unknown(check.whoCanFixIt, said(check).late);
  try {
    const found = await Promise.race([check.look({ ...look, signal: until }), aborted(until)]);
    return { id: check.id, ...(silence.signal.aborted ? late() : (found ?? late())) };
  } catch {
    const broken = unknown(check.whoCanFixIt, said(check).broken);
    return { id: check.id, ...(silence.signal.aborted ? late() : broken) };
  } finally {
    clearTimeout(timer);
    // Whatever the check still holds open is let go.
    silence.abort();
  }
}

function checking(check: Check): Finding {
  const { id, whoCanFixIt } = check;
  return { id, state: "checking", sentence: words.preflight.checking, whoCanFixIt };
}

function said({ id }: Check) {
  const { late, broken, whether } = words.preflight;
  return { late: late(whether[id]), broken: broken(whether[id]) };
}

function aborted(signal: AbortSignal): Promise<Verdict | null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}
