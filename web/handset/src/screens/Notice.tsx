import type { ReactNode } from "react";
import { Mark } from "./Mark.tsx";

export type Tone = "neutral" | "good" | "bad" | "unsure" | "warning" | "quiet";

interface NoticeProps {
  readonly tone: Tone;
  readonly state: string;
  readonly headline: string;
  readonly lines?: readonly string[];
  readonly earned?: boolean;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** A card: its colour, its biggest line, which a screen reader says first, and what is below it. */
export function Notice(props: NoticeProps) {
  const { tone, state, headline, lines = [], earned = false, aside, children } = props;
  return (
    <article className={`card ${tone}`} data-state={state}>
      <header className="card-head">
        <div className="card-top">
          <div role="alert">
            <h2>{headline}</h2>
          </div>
          <div className="card-corner">
            {tone !== "quiet" && <Mark earned={earned} />}
            {aside}
          </div>
        </div>
        {lines.map((line) => (
          <p key={line} dir="auto">
            {line}
          </p>
        ))}
      </header>
      {children && <div className="card-body">{children}</div>}
    </article>
  );
}
