/** The agent's softphone, connected for as long as the page is open. */

import { useEffect, useMemo, useState } from "react";
import type { Config } from "./config.ts";
import { simulatedBrowserDial } from "./simulated-browser-dial.ts";
import type { Softphone } from "./softphone.ts";
import { streamsSoftphone } from "./streams/softphone.ts";
import type { Me } from "./wire.ts";

/** *ready* is null where there is no softphone. */
export function useSoftphone(config: Config, me: Me): [Softphone | null, boolean | null] {
  const [ready, setReady] = useState(false);
  const softphone = useMemo(
    () => softphoneOf(config, me.connectUserArn),
    [config, me.connectUserArn],
  );
  useEffect(
    () => softphone?.listen({ onReady: setReady, onContact: () => undefined }),
    [softphone],
  );
  return [softphone, softphone && ready];
}

/** The server names the simulated browser dial only where no CCP is set. */
export function softphoneOf(config: Config, agentArn: string): Softphone | null {
  const { browserDial, ccpUrl, ccpSimulated } = config;
  if (browserDial) return simulatedBrowserDial(browserDial.url, agentArn);
  if (!ccpUrl) return null;
  // With a live instance single sign-on tells it who sits here; its simulation is told by the page.
  const who = ccpSimulated ? `?${new URLSearchParams({ agentArn })}` : "";
  return streamsSoftphone(`${ccpUrl}${who}`);
}
