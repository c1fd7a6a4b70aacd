/** The agent's softphone, connected for as long as the page is open. */

import { useEffect, useMemo, useState } from "react";
import type { Config } from "./config.ts";
import { simulatedBrowserDial } from "./simulated-browser-dial.ts";
import type { Softphone } from "./softphone.ts";
import type { Me } from "./wire.ts";

/** *ready* is null where there is no softphone. */
export function useSoftphone(config: Config, me: Me): [Softphone | null, boolean | null] {
  const [ready, setReady] = useState(false);
  const url = config.browserDial?.url;
  const softphone = useMemo(
    () => (url ? simulatedBrowserDial(url, me.connectUserArn) : null),
    [url, me.connectUserArn],
  );
  useEffect(
    () => softphone?.listen({ onReady: setReady, onContact: () => undefined }),
    [softphone],
  );
  return [softphone, softphone && ready];
}
