import type { ReportState } from "../engine/phone.ts";
import { type ReportReason, strings } from "../strings.ts";
import { fullNumber } from "../words.ts";
import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

const text = strings.report;
const REASONS = Object.keys(text.what) as ReportReason[];

interface ReportProps {
  readonly report: ReportState;
  readonly callUs: string;
  readonly onWhat: (what: ReportReason) => void;
  readonly onDone: () => void;
}

function CardNumber({ callUs }: { readonly callUs: string }) {
  return (
    <a className="card-number" href={`tel:${callUs}`}>
      <bdi dir="ltr">{fullNumber(callUs)}</bdi>
    </a>
  );
}

function What({ onWhat }: Pick<ReportProps, "onWhat">) {
  return (
    <Notice tone="quiet" state="report" headline={text.title} lines={[text.noted]}>
      <div className="actions">
        {REASONS.map((what) => (
          <Button key={what} onPress={() => onWhat(what)}>
            {text.what[what]}
          </Button>
        ))}
      </div>
    </Notice>
  );
}

/** One tap has reported the call already; this asks what happened, thanks, and says what comes next. */
export function Report({ report, callUs, onWhat, onDone }: ReportProps) {
  if (report.step === "what") return <What onWhat={onWhat} />;
  const sent = report.step === "thanks";
  const headline = sent ? text.thanks : strings.failure.title;
  const lines = sent ? [text.next, text.call] : [text.failed];
  return (
    <Notice
      tone="quiet"
      state={sent ? "reported" : "report_failed"}
      headline={headline}
      lines={lines}
    >
      <CardNumber callUs={callUs} />
      <div className="actions">
        <Button onPress={onDone}>{text.done}</Button>
      </div>
    </Notice>
  );
}
