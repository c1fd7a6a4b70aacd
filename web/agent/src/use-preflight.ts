/** The preflight of this browser, run once when the page opens and again when the agent asks. */

import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { Config } from "./config.ts";
import { browserAround } from "./preflight/browser-around.ts";
import { softphoneSession } from "./preflight/ccp-session.ts";
import type { Finding } from "./preflight/check.ts";
import { checksOf } from "./preflight/checks.ts";
import { type Preflight, preflight } from "./preflight/run.ts";
import { replaced } from "./preflight/summary.ts";
import type { Softphone } from "./softphone.ts";
import type { Me } from "./wire.ts";

export function usePreflight(
  { ccpUrl: ccp, ccpSimulated, stun }: Config,
  { dialMode }: Me,
  softphone: Softphone | null,
): [Finding[], () => void] {
  const [findings, tell] = useReducer(replaced, []);
  // No sound goes through a simulated one, and it stands on this machine.
  const ccpUrl = ccpSimulated ? null : ccp;
  const running = useRef<Preflight | null>(null);
  const checks = useMemo(() => {
    const session = softphone && softphoneSession(softphone);
    return checksOf({ dialMode, session, ccpUrl, stun }, browserAround());
  }, [ccpUrl, stun, dialMode, softphone]);
  useEffect(() => {
    const leaving = new AbortController();
    running.current = preflight(checks, tell, leaving.signal);
    return () => leaving.abort();
  }, [checks]);
  return [findings, useCallback(() => running.current?.again(), [])];
}
