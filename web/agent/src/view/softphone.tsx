/** The softphone beside the panel: the CCP as it is, with its own dial pad and no other. */

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useEffect, useRef } from "react";
import type { SoftphonePanel } from "../softphone.ts";
import { words } from "../strings.ts";

interface Props {
  panel: SoftphonePanel;
  ready: boolean;
}

/** Nothing, where the softphone has nothing to be seen. */
export function SoftphoneColumn({
  panel,
  ready,
}: {
  panel?: SoftphonePanel | undefined;
  ready: boolean;
}) {
  return panel ? <Column panel={panel} ready={ready} /> : null;
}

function Column({ panel, ready }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => (place.current ? panel.open(place.current) : undefined), [panel]);
  return (
    <aside className="softphone" aria-label={words.softphone.title}>
      {!ready && (
        <div className="center">
          <Box color="text-body-secondary" padding={{ bottom: "xs" }}>
            {words.softphone.opening}
          </Box>
          {/* The browser lets a window open at a press only; the one that Streams opens may be blocked. */}
          <Button onClick={() => panel.signIn()}>{words.softphone.signIn}</Button>
        </div>
      )}
      <div className="ccp" ref={place} />
    </aside>
  );
}
