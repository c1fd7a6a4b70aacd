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
  const softphone = useMemo(() => softphoneOf(config, me), [config, me]);
  useEffect(
    () => softphone?.listen({ onReady: setReady, onContact: () => undefined }),
    [softphone],
  );
  return [softphone, softphone && ready];
}

/** The server names the simulated browser dial only where no CCP is set. */
export function softphoneOf(config: Config, me: Me): Softphone | null {
  const { browserDial, ccpUrl, ccpSimulated } = config;
  if (browserDial) return simulatedBrowserDial(browserDial.url, me.connectUserArn);
  if (!ccpUrl) return null;
  return streamsSoftphone(ccpSimulated ? `${ccpUrl}?${whoSitsHere(me)}` : ccpUrl);
}

/**
 * With a live instance single sign-on tells it who sits here; its simulation is told by the page.
 * Without a percent sign: Streams 2.28.2 takes the URL for a format when it logs it, and fails at one.
 */
const whoSitsHere = ({ connectUserArn, name }: Me) =>
  `agentArn=${connectUserArn}&name=${name.replace(/[^A-Za-z]+/g, "+")}`;
