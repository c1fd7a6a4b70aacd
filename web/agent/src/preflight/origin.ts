/** May the Connect instance stand in a frame of this page? */

import { words } from "../strings.ts";
import type { Around } from "./around.ts";
import { type CcpSession, known } from "./ccp-session.ts";
import { type Check, ok, unknown } from "./check.ts";
import { smallFileOf } from "./signalling.ts";

const ANSWERED_WITHIN_MS = 6_000;
/** A CCP that this page is opening anyway is given this long before another frame tries it. */
const OPENING_MS = 3_000;
const WAIT_MS = 15_000;

/**
 * A frame that is refused, one without a network and one that shows a sign-in page all look alike
 * from outside: only the CCP's own answer proves anything, and silence is never a failure.
 */
export function originCheck(
  ccpUrl: string,
  session: CcpSession | null,
  around: Around,
  openingMs = OPENING_MS,
): Check {
  const said = words.preflight.origin;
  const { host } = new URL(ccpUrl);
  return {
    id: "origin",
    whoCanFixIt: "administrator",
    waitMs: WAIT_MS,
    ...(session?.framed && { watch: session.listen }),
    async look({ signal }) {
      if (session?.framed && (await known(session, openingMs, signal))) {
        return ok("administrator", said.ok);
      }
      const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]);
      if (await around.frame(ccpUrl, within)) return ok("administrator", said.ok);
      const there = await around.reach(smallFileOf(ccpUrl), signal).then(
        () => true,
        () => false,
      );
      const why = there ? said.silent(around.origin, host) : said.unreachable(around.origin, host);
      return unknown("administrator", why);
    },
  };
}
