/** The reference for support, and behind a disclosure what support will ask for. */

import Box from "@cloudscape-design/components/box";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { Problem } from "../api.ts";
import { words } from "../strings.ts";
import type { Call, PushNote } from "../wire.ts";

export type Row = readonly [label: string, value: string];

interface Props {
  /** What support can find it by; where there is none, the problem's own. */
  reference?: string | null;
  problem?: Problem | null;
  rows?: readonly Row[];
}

export function Details({ reference, problem = null, rows = [] }: Props) {
  const shown = reference ?? problem?.requestId ?? null;
  const all = [...rows, ...problemRows(problem)];
  return (
    <Box padding={{ top: "xs" }}>
      {shown && <Reference text={shown} />}
      {all.length > 0 && (
        <ExpandableSection variant="inline" headerText={words.problem.details}>
          <dl className="details">
            {all.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </ExpandableSection>
      )}
    </Box>
  );
}

function Reference({ text }: { text: string }) {
  return (
    <Box fontSize="body-s">
      {words.problem.reference}:{" "}
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        copyButtonAriaLabel={words.problem.copy}
        copySuccessText={words.problem.copied}
        copyErrorText={words.problem.copyFailed}
      />
    </Box>
  );
}

function problemRows(problem: Problem | null): Row[] {
  if (!problem) return [];
  const { code, status, field, requestId, technical } = problem;
  return filled([
    [words.problem.code, code],
    [words.problem.status, status ? String(status) : null],
    [words.problem.field, field],
    [words.problem.requestId, requestId],
    [words.problem.technical, technical],
  ]);
}

export function callRows(call: Call): Row[] {
  const at = (iso: string) => iso.slice(11, 23);
  return filled([
    [words.problem.callId, call.callId],
    [words.problem.state, call.state],
    [words.problem.outcome, call.outcome],
    [words.problem.code, call.code],
    [words.problem.assurance, words.assurance[call.assurance]],
    [words.problem.contact, call.contactId],
    [words.problem.timeline, list(call.timeline.map((each) => `${at(each.at)} ${each.state}`))],
    [words.problem.pushes, list(call.pushes.map(notice))],
  ]);
}

const notice = ({ platform, verdict, reason }: PushNote) =>
  `${words.device(platform)}: ${verdict}${reason ? ` (${reason})` : ""}`;
const list = (items: string[]) => (items.length > 0 ? items.join("\n") : null);

function filled(rows: (readonly [string, string | null])[]): Row[] {
  return rows.filter((row): row is Row => row[1] !== null);
}
