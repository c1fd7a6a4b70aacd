/** What policy allows now and why not, and the one button. */

import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { words } from "../strings.ts";
import type { ReasonChoice } from "../use-reasons.ts";
import type { VerifiedStatus } from "../wire.ts";
import { Remark } from "./remark.tsx";

interface Props {
  status: VerifiedStatus | null;
  reason: ReasonChoice | null;
  softphoneReady: boolean | null;
  needsSoftphone: boolean;
  expired: boolean;
  start: () => void;
}

export function StartButton(props: Props) {
  const why = hindrance(props);
  return (
    <SpaceBetween size="xs">
      {why === null ? (
        <Remark type="success">{words.customer.allowed}</Remark>
      ) : (
        <Remark type={props.status?.calling.allowed ? "pending" : "error"}>
          {words.customer.notAllowed}. {why}
        </Remark>
      )}
      <Button
        variant="primary"
        fullWidth
        disabled={why !== null}
        disabledReason={why ?? ""}
        onClick={props.start}
      >
        {words.start.button}
      </Button>
    </SpaceBetween>
  );
}

/** Why the button cannot be pressed now; null when it can. */
function hindrance({ status, reason, softphoneReady, needsSoftphone, expired }: Props) {
  if (expired) return words.session.expiredText;
  if (!status?.calling.allowed) return policyText(status);
  if (needsSoftphone && !softphoneReady) return words.start.softphoneLost;
  return reason ? null : words.start.noReason;
}

function policyText(status: VerifiedStatus | null): string {
  const calling = status?.calling;
  return calling?.detail || words.codes[calling?.code ?? ""] || words.anyCode;
}
