/** Which checks apply here; one whose settings are missing is left out, never shown as well. */

import type { DialMode } from "../wire.ts";
import type { Around } from "./around.ts";
import type { CcpSession } from "./ccp-session.ts";
import type { Check } from "./check.ts";
import { mediaCheck } from "./media.ts";
import { microphoneCheck } from "./microphone.ts";
import { originCheck } from "./origin.ts";
import { permissionCheck } from "./permission.ts";
import { sessionCheck } from "./session.ts";
import { signallingCheck } from "./signalling.ts";

export interface Deployment {
  dialMode: DialMode;
  /** Null where the page has no softphone. */
  session: CcpSession | null;
  /** Null where no Connect instance is set; then no sound goes through this browser either. */
  ccpUrl: string | null;
  stun: readonly string[];
}

export function checksOf({ dialMode, session, ccpUrl, stun }: Deployment, around: Around): Check[] {
  const checks: Check[] = [];
  if (session) checks.push(sessionCheck(session));
  if (session?.permissions && dialMode === "agent") {
    checks.push({ ...permissionCheck(session.permissions), watch: session.listen });
  }
  if (ccpUrl) checks.push(microphoneCheck(around), signallingCheck(ccpUrl, around));
  if (stun.length > 0) checks.push(mediaCheck(stun, around));
  if (ccpUrl) checks.push(originCheck(ccpUrl, session, around));
  return checks;
}
