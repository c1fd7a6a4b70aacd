/** The whole panel as a function of what is known; it asks and remembers nothing itself. */

import Alert from "@cloudscape-design/components/alert";
import type { AutosuggestProps } from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef } from "react";
import { type Attempt, isLive } from "../attempt.ts";
import { ending } from "../ending.ts";
import type { Loaded } from "../loaded.ts";
import type { Finding } from "../preflight/check.ts";
import { spoken } from "../steps.ts";
import { words } from "../strings.ts";
import type { ReasonChoice, ReasonChoices } from "../use-reasons.ts";
import type { Search } from "../use-search.ts";
import type { CustomerRow, Violation } from "../wire.ts";
import { type Checked, CustomerCard } from "./customer.tsx";
import { Live } from "./live.tsx";
import { Ended } from "./over.tsx";
import { PreflightLine } from "./preflight.tsx";
import { ReasonPicker } from "./reason.tsx";
import { SearchField } from "./search.tsx";
import { StartButton } from "./start.tsx";
import { ViolationNotices } from "./violations.tsx";

export interface PanelModel {
  now: number;
  search: Search;
  /** Null until one is chosen. */
  customer: Loaded<Checked> | null;
  phone: string | null;
  reasons: Loaded<ReasonChoices>;
  reason: ReasonChoice | null;
  /** Null where this page has no softphone. */
  softphoneReady: boolean | null;
  needsSoftphone: boolean;
  attempt: Attempt;
  expired: boolean;
  /** Of the browser's preflight; none where nothing is set that could be checked. */
  findings: Finding[];
  /** Those that the agent has not dismissed. */
  violations: Violation[];
}

export interface PanelActions {
  type: (text: string) => void;
  searchAgain: () => void;
  choose: (row: CustomerRow) => void;
  check: () => void;
  setPhone: (phone: string) => void;
  setReason: (code: string) => void;
  start: () => void;
  cancel: () => void;
  hangUp: () => void;
  callAgain: () => void;
  another: () => void;
  signIn: () => void;
  checkAgain: () => void;
  dismiss: (contactId: string) => void;
}

type Props = PanelModel & PanelActions;

export function Panel(props: Props) {
  const { attempt, expired, signIn, violations, dismiss } = props;
  return (
    <SpaceBetween size="m">
      {violations.length > 0 && <ViolationNotices violations={violations} dismiss={dismiss} />}
      {expired && <Expired inCall={isLive(attempt)} signIn={signIn} />}
      <Content {...props} />
      <LiveRegion hidden assertive={attempt.is === "over"}>
        {announcement(attempt)}
      </LiveRegion>
    </SpaceBetween>
  );
}

function Content(props: Props) {
  const { attempt, now, cancel, hangUp, callAgain, another } = props;
  if (isLive(attempt)) {
    const live = { attempt, now, cancel, hangUp, canHangUp: props.softphoneReady === true };
    return <Live {...live} />;
  }
  if (attempt.is === "over") return <Ended {...{ attempt, now, callAgain, another }} />;
  return <Before {...props} />;
}

/** Where the keyboard goes on coming here: to the customer, or to the search for one. */
function Before(props: Props) {
  const { customer, now, phone, setPhone, check, reasons, reason, setReason } = props;
  const choices = reasons.is === "ready" ? reasons.value.choices : [];
  const reasonOf = (code: string) => choices.find((each) => each.code === code)?.label ?? code;
  const card = useRef<HTMLDivElement>(null);
  const search = useRef<AutosuggestProps.Ref>(null);
  useEffect(() => (card.current ?? search.current)?.focus(), []);
  return (
    <SpaceBetween size="m">
      {props.findings.length > 0 && (
        <PreflightLine findings={props.findings} again={props.checkAgain} />
      )}
      <SearchField {...props} field={search} />
      {customer ? (
        <div ref={card} tabIndex={-1}>
          <CustomerCard {...{ customer, now, phone, setPhone, check, reasonOf }}>
            <ReasonPicker {...{ reasons, reason, setReason, again: check }} />
            <StartButton
              {...props}
              status={customer.is === "ready" ? customer.value.status : null}
            />
          </CustomerCard>
        </div>
      ) : (
        <Empty />
      )}
    </SpaceBetween>
  );
}

function Empty() {
  return (
    <div className="center">
      <Box variant="h3" tagOverride="p">
        {words.search.emptyTitle}
      </Box>
      <Box color="text-body-secondary">{words.search.emptyText}</Box>
    </div>
  );
}

function Expired({ inCall, signIn }: { inCall: boolean; signIn: () => void }) {
  const { expired, expiredText, expiredInCall, signInAgain } = words.session;
  return (
    <Alert type="warning" header={expired} action={<Button onClick={signIn}>{signInAgain}</Button>}>
      {inCall ? expiredInCall : expiredText}
    </Alert>
  );
}

function announcement(attempt: Attempt): string {
  if (attempt.is === "idle") return "";
  if (attempt.is !== "over") return spoken(attempt);
  const { title, text } = ending(attempt);
  return `${title}. ${text}`;
}
