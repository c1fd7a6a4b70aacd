/** Whether this browser is ready to call: one line when it is, else what to do about it. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import type { Finding } from "../preflight/check.ts";
import { type Summary, summary } from "../preflight/summary.ts";
import { words } from "../strings.ts";
import { Remark } from "./remark.tsx";

interface Props {
  findings: Finding[];
  again: () => void;
}

export function PreflightLine({ findings, again }: Props) {
  const line = useRef<HTMLDivElement>(null);
  const sum = summary(findings);
  if (!sum) return null;
  const press = () => {
    // The button goes while the checks run; the keyboard must not fall back to the top of the page.
    line.current?.focus();
    again();
  };
  return (
    <div ref={line} tabIndex={-1}>
      <Shown sum={sum} again={press} />
      <LiveRegion hidden>{spoken(sum)}</LiveRegion>
    </div>
  );
}

function Shown({ sum, again }: { sum: Summary; again: () => void }) {
  if (sum.is === "ready") return <Remark type="success">{sum.headline}</Remark>;
  if (sum.is === "checking") return <Remark type="in-progress">{sum.headline}</Remark>;
  const button = (
    <Button onClick={again} loading={sum.busy} loadingText={words.preflight.checking}>
      {words.preflight.again}
    </Button>
  );
  if (sum.is === "failed") {
    return (
      <Alert type="error" header={sum.headline} action={button}>
        <Wrong findings={sum.wrong} />
      </Alert>
    );
  }
  return (
    <ExpandableSection defaultExpanded headerText={sum.headline}>
      <SpaceBetween size="s">
        <Wrong findings={sum.wrong} />
        {button}
      </SpaceBetween>
    </ExpandableSection>
  );
}

function Wrong({ findings }: { findings: Finding[] }) {
  return (
    <ul className="plain-list spaced">
      {findings.map(({ id, state, sentence, whoCanFixIt }) => (
        <li key={id}>
          <Remark type={state === "failed" ? "error" : "info"}>{sentence}</Remark>
          <Box variant="small" display="block" color="text-body-secondary">
            {words.preflight.fixer[whoCanFixIt]}
          </Box>
        </li>
      ))}
    </ul>
  );
}

/** The headline, then each sentence with who can act on it; once, when all is known. */
function spoken({ headline, wrong, busy }: Summary): string {
  if (busy) return words.preflight.checking;
  const told = wrong.map(({ sentence, whoCanFixIt }) => {
    return `${sentence} ${words.preflight.fixer[whoCanFixIt]}`;
  });
  return [`${headline}.`, ...told].join(" ");
}
