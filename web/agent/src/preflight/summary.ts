/** What the findings come to, in one line. */

import { words } from "../strings.ts";
import type { Finding } from "./check.ts";

export interface Summary {
  is: "ready" | "checking" | "failed" | "unknown";
  headline: string;
  /** A check is still under way, so that more may turn out to be wrong. */
  busy: boolean;
  /** What is not well, the worst first. */
  wrong: Finding[];
}

/** Sum up; without any finding there is nothing to say. */
export function summary(findings: readonly Finding[]): Summary | null {
  if (findings.length === 0) return null;
  const failed = findings.filter(({ state }) => state === "failed");
  const unknown = findings.filter(({ state }) => state === "unknown");
  const wrong = [...failed, ...unknown];
  const busy = findings.some(({ state }) => state === "checking");
  const { checking, ready, ...said } = words.preflight;
  if (failed.length > 0) return { is: "failed", headline: said.failed(failed.length), wrong, busy };
  if (busy) return { is: "checking", headline: checking, wrong, busy };
  if (unknown.length > 0) {
    return { is: "unknown", headline: said.unknown(unknown.length), wrong, busy };
  }
  return { is: "ready", headline: ready, wrong, busy };
}

/** Put a finding in the place of the former one about the same. */
export function replaced(findings: readonly Finding[], finding: Finding): Finding[] {
  const known = findings.some(({ id }) => id === finding.id);
  if (!known) return [...findings, finding];
  return findings.map((each) => (each.id === finding.id ? finding : each));
}
