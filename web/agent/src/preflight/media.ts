/** Can sound go over UDP 3478? Only a candidate that a STUN server reflected proves it. */

import { words } from "../strings.ts";
import type { Around } from "./around.ts";
import { type Check, failed, ok, unknown } from "./check.ts";

/** A browser repeats its question to a silent server for nearly ten seconds (RFC 8489, 6.2.1). */
const GATHERED_WITHIN_MS = 12_000;

export function mediaCheck(stun: readonly string[], around: Around): Check {
  const said = words.preflight.media;
  return {
    id: "media",
    whoCanFixIt: "administrator",
    waitMs: GATHERED_WITHIN_MS,
    late: unknown("administrator", said.unknown),
    async look({ signal }) {
      const { reflexive, unanswered } = await around.gather(stun, signal);
      if (reflexive) return ok("administrator", said.ok);
      // On a public address there is nothing to reflect, so that no candidate alone is no failure.
      const told = unanswered ? failed : unknown;
      return told("administrator", unanswered ? said.blocked : said.unknown);
    },
  };
}
