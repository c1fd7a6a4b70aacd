/** Does the Connect instance answer over TCP 443? */

import { words } from "../strings.ts";
import type { Around } from "./around.ts";
import { type Check, failed, ok } from "./check.ts";

/** A small file of the instance; the CCP would send us on to a sign-in page that our policy forbids. */
export const smallFileOf = (ccpUrl: string): string => new URL("/robots.txt", ccpUrl).href;

export function signallingCheck(ccpUrl: string, around: Around): Check {
  const said = words.preflight.signalling;
  const { host } = new URL(ccpUrl);
  return {
    id: "signalling",
    whoCanFixIt: "administrator",
    late: failed("administrator", said.silent(host)),
    async look({ signal }) {
      try {
        await around.reach(smallFileOf(ccpUrl), signal);
        return ok("administrator", said.ok);
      } catch {
        if (!around.online()) return failed("you", said.offline);
        // A browser tells a wrong name, a closed port and a bad certificate alike.
        return failed("administrator", said.unreachable(host));
      }
    },
  };
}
