/** Notices of the agent's calls that went round verified calling; read out politely, never a sound. */

import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { words } from "../strings.ts";
import { textOf } from "../violations.ts";
import type { Violation } from "../wire.ts";

interface Props {
  violations: Violation[];
  dismiss: (contactId: string) => void;
}

export function ViolationNotices({ violations, dismiss }: Props) {
  const said = words.violations;
  return (
    <Flashbar
      items={violations.map((each) => notice(each, () => dismiss(each.contactId)))}
      i18nStrings={{
        ariaLabel: said.label,
        warningIconAriaLabel: said.warning,
        errorIconAriaLabel: said.error,
      }}
    />
  );
}

function notice(violation: Violation, onDismiss: () => void): FlashbarProps.MessageDefinition {
  return {
    id: violation.contactId,
    type: violation.done === "not_stopped" ? "error" : "warning",
    // "alert" would break into what the agent hears of the customer.
    ariaRole: "status",
    header: words.violations.header[violation.done],
    content: textOf(violation),
    dismissible: true,
    dismissLabel: words.violations.dismiss,
    onDismiss,
  };
}
