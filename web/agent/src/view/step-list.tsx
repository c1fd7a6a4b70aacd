/** The five steps, with a clock at the one in progress. */

import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import Steps, { type StepsProps } from "@cloudscape-design/components/steps";
import { clock } from "../format.ts";
import type { Step, StepStatus } from "../steps.ts";
import { words } from "../strings.ts";

const ICONS: Record<StepStatus, StatusIndicatorProps.Type> = {
  todo: "not-started",
  now: "loading",
  done: "success",
  warning: "warning",
  stopped: "stopped",
  failed: "error",
};

interface Row extends StepsProps.Step {
  step: Step;
}

export function StepList({ steps, now }: { steps: Step[]; now: number }) {
  const rows: Row[] = steps.map((step) => ({ step, status: icon(step), header: step.title }));
  return (
    <div className="steps-with-clock">
      <Steps
        ariaLabel={words.live.steps}
        steps={rows}
        renderStep={(row) => {
          const { step } = row as Row;
          const label = words.steps.status[step.status];
          return {
            icon: <StatusIndicator type={row.status} iconAriaLabel={label} />,
            header: <Heading step={step} now={now} />,
            details: step.note && <span className="step-note">{step.note}</span>,
          };
        }}
      />
    </div>
  );
}

// Connected is an achievement, not a wait: a tick with a running clock.
const icon = ({ name, status }: Step) =>
  name === "connected" && status === "now" ? "success" : ICONS[status];

function Heading({ step, now }: { step: Step; now: number }) {
  const current = step.status !== "todo" && step.status !== "done";
  return (
    <>
      {current ? <strong>{step.title}</strong> : step.title}
      {step.since !== null && (
        <span className="step-clock" aria-hidden="true">
          {clock(now - step.since)}
        </span>
      )}
    </>
  );
}
