/** What became of the call, what to do now, and how far it came. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef } from "react";
import type { Over } from "../attempt.ts";
import { ending } from "../ending.ts";
import { phone } from "../format.ts";
import { steps } from "../steps.ts";
import { words } from "../strings.ts";
import { callRows, Details } from "./details.tsx";
import { StepList } from "./step-list.tsx";

interface Props {
  attempt: Over;
  now: number;
  callAgain: () => void;
  another: () => void;
}

export function Ended({ attempt, now, callAgain, another }: Props) {
  const focus = useRef<HTMLDivElement>(null);
  useEffect(() => focus.current?.focus({ preventScroll: true }), []);
  const { order, call, problem } = attempt;
  const { tone, title, text } = ending(attempt);
  return (
    <SpaceBetween size="m">
      <div ref={focus} tabIndex={-1}>
        <Alert type={tone} header={title}>
          {text}
          <Details
            reference={call?.callId ?? problem?.requestId ?? order.callId}
            problem={problem}
            rows={call ? callRows(call) : [[words.problem.callId, order.callId]]}
          />
        </Alert>
      </div>
      <Container
        header={
          <Header variant="h2" description={`${phone(order.phone)} · ${order.reasonText}`}>
            {words.live.called(order.customerName)}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <StepList steps={steps(attempt)} now={now} />
          <SpaceBetween size="xs" direction="horizontal">
            <Button variant="primary" onClick={another}>
              {words.after.another}
            </Button>
            <Button onClick={callAgain}>{words.after.again}</Button>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
