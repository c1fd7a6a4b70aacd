/** A sentence with its status. Cloudscape breaks such text anywhere, even inside a word. */

import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

export function Remark(props: { type: StatusIndicatorProps.Type; children: ReactNode }) {
  return (
    <StatusIndicator type={props.type}>
      <span className="words">{props.children}</span>
    </StatusIndicator>
  );
}
