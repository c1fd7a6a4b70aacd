/** Is the agent signed in to the CCP? */

import { pause } from "../pause.ts";
import { words } from "../strings.ts";
import type { CcpSession } from "./ccp-session.ts";
import { type Check, failed, ok } from "./check.ts";

/** A CCP that is being opened is given this long before it counts as not opened. */
const OPENING_MS = 3_000;

export function sessionCheck(session: CcpSession, openingMs = OPENING_MS): Check {
  const said = words.preflight.session;
  return {
    id: "session",
    whoCanFixIt: "you",
    watch: session.listen,
    async look({ signal }) {
      // A change of state begins another look, so that nobody waits longer than it takes.
      if (session.state() === "not_opened") await pause(openingMs, signal);
      const state = session.state();
      return state === "known" ? ok("you", said.ok) : failed("you", said[state]);
    },
  };
}
