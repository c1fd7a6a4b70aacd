/** The chosen customer: which number, what time it is there, which phones, and whether policy allows. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { explain } from "../ending.ts";
import { ago, localTime, place, phone as pretty, timeOfDay } from "../format.ts";
import type { Loaded } from "../loaded.ts";
import { words } from "../strings.ts";
import type { RecentCall, VerifiedStatus } from "../wire.ts";
import { Details } from "./details.tsx";
import { Devices } from "./devices.tsx";

export interface Checked {
  status: VerifiedStatus;
  checkedAt: number;
}

interface Props {
  now: number;
  customer: Loaded<Checked>;
  phone: string | null;
  setPhone: (phone: string) => void;
  check: () => void;
  /** Put a reason's code into words. */
  reasonOf: (code: string) => string;
  children: ReactNode;
}

export function CustomerCard({ customer, check, ...rest }: Props) {
  if (customer.is === "loading") {
    return (
      <Container>
        <StatusIndicator type="loading">{words.customer.loading}</StatusIndicator>
      </Container>
    );
  }
  if (customer.is === "failed") {
    const again = <Button onClick={check}>{words.customer.again}</Button>;
    return (
      <Alert type="error" header={words.customer.failed} action={again}>
        {explain(customer.problem)}
        <Details problem={customer.problem} />
      </Alert>
    );
  }
  return <Known {...customer.value} check={check} {...rest} />;
}

type KnownProps = Omit<Props, "customer"> & Checked;

function Known({ status, checkedAt, now, phone, children, ...props }: KnownProps) {
  const { setPhone, check, reasonOf } = props;
  const label = `${words.customer.refresh}. ${words.customer.checkedAt(timeOfDay(checkedAt, true))}`;
  const refresh = <Button variant="icon" iconName="refresh" ariaLabel={label} onClick={check} />;
  return (
    <Container
      header={
        <Header variant="h2" description={words.customer.id(status.customerId)} actions={refresh}>
          {status.name}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <dl className="facts">
          <Fact label={words.customer.number}>{number(status.phones, phone, setPhone)}</Fact>
          <Fact label={words.customer.time}>
            {words.customer.timeIn(localTime(now, status.timeZone), place(status.timeZone))}
          </Fact>
          <Fact label={words.customer.devices} wide>
            <Devices devices={status.devices} now={now} />
          </Fact>
          <Fact label={words.customer.lastNotice} wide>
            {lastNotice(status, now)}
          </Fact>
        </dl>
        {children}
        {status.recentCalls.length > 0 && (
          <Recent calls={status.recentCalls} now={now} reasonOf={reasonOf} />
        )}
      </SpaceBetween>
    </Container>
  );
}

function Fact({ label, wide, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? "wide" : ""}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function number(phones: string[], phone: string | null, setPhone: (phone: string) => void) {
  if (phones.length < 2) return pretty(phone ?? "");
  const options = phones.map((value) => ({ value, label: pretty(value) }));
  return (
    <Select
      options={options}
      selectedOption={options.find((each) => each.value === phone) ?? null}
      ariaLabel={words.customer.number}
      onChange={({ detail }) =>
        detail.selectedOption.value && setPhone(detail.selectedOption.value)
      }
    />
  );
}

function lastNotice({ lastReceipt }: VerifiedStatus, now: number): string {
  if (!lastReceipt) return words.customer.never;
  const when = ago(Date.parse(lastReceipt.at), now);
  return words.customer.lastNoticeIs(words.evt(lastReceipt.evt), when);
}

interface RecentProps {
  calls: RecentCall[];
  now: number;
  reasonOf: Props["reasonOf"];
}

function Recent({ calls, now, reasonOf }: RecentProps) {
  return (
    <ExpandableSection variant="inline" headerText={words.customer.recent(calls.length)}>
      <ul className="plain-list">
        {calls.map((call) => (
          <li key={call.callId} className="line">
            <span>{reasonOf(call.reason)}</span>
            <Box variant="span" color="text-body-secondary">
              {call.outcome ? words.outcome(call.outcome) : words.state[call.state]},{" "}
              {ago(Date.parse(call.at), now)}
            </Box>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
