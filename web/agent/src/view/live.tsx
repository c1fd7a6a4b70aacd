/** A call under way: the code, the five steps, and the way out. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef } from "react";
import type { Running, Starting } from "../attempt.ts";
import { explain } from "../ending.ts";
import { clock, phone } from "../format.ts";
import { saidAfterDial, steps } from "../steps.ts";
import { words } from "../strings.ts";
import type { Call } from "../wire.ts";
import { Details } from "./details.tsx";
import { MatchCode } from "./match-code.tsx";
import { StepList } from "./step-list.tsx";

interface Props {
  attempt: Starting | Running;
  now: number;
  /** Whether this page can end a call that is connected. */
  canHangUp: boolean;
  cancel: () => void;
  hangUp: () => void;
}

export function Live({ attempt, now, canHangUp, cancel, hangUp }: Props) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { order } = attempt;
  const call = attempt.is === "running" ? attempt.call : null;
  const reported = call && reportOf(call);
  const elapsed = clock(now - order.startedAt);
  return (
    <SpaceBetween size="m">
      {!attempt.online && <Alert type="warning">{words.live.lost}</Alert>}
      {reported && (
        <Alert type="error" header={reported.title}>
          {reported.text}
        </Alert>
      )}
      {attempt.cancelProblem && (
        <Alert type="warning" header={words.live.cancelFailed}>
          {explain(attempt.cancelProblem)}
          <Details problem={attempt.cancelProblem} />
        </Alert>
      )}
      <Container
        header={
          <div ref={heading} tabIndex={-1}>
            <Header
              variant="h2"
              description={`${phone(order.phone)} · ${order.reasonText}`}
              actions={<Elapsed text={elapsed} />}
            >
              {call?.state === "connected"
                ? words.live.talking(order.customerName)
                : words.live.calling(order.customerName)}
            </Header>
          </div>
        }
      >
        <SpaceBetween size="m">
          {call?.matchCode && <MatchCode code={call.matchCode} />}
          <StepList steps={steps(attempt)} now={now} />
          <WayOut attempt={attempt} canHangUp={canHangUp} cancel={cancel} hangUp={hangUp} />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

function reportOf(call: Call) {
  if (saidAfterDial(call) !== "reported") return null;
  return call.state === "connected" ? words.end.reportedInCall : words.end.reportedWhileRinging;
}

function Elapsed({ text }: { text: string }) {
  return (
    <Box color="text-body-secondary" nativeAttributes={{ title: words.live.elapsed }}>
      <span className="steps-with-clock" role="timer" aria-label={words.live.elapsed}>
        {text}
      </span>
    </Box>
  );
}

type WayOutProps = Omit<Props, "now">;

function WayOut({ attempt, canHangUp, cancel, hangUp }: WayOutProps) {
  const state = attempt.is === "running" ? attempt.call.state : "requested";
  if (state === "connected") {
    return canHangUp ? (
      <Button onClick={hangUp}>{words.live.hangUp}</Button>
    ) : (
      <Box color="text-body-secondary">{words.live.hangUpElsewhere}</Box>
    );
  }
  return (
    <Button onClick={cancel} loading={attempt.cancelling} loadingText={words.live.cancelling}>
      {words.live.cancel}
    </Button>
  );
}
