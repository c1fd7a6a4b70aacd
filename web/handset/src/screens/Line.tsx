import type { LineState } from "../engine/ports.ts";
import { strings } from "../strings.ts";
import { elapsed, fullNumber } from "../words.ts";

const text = strings.line;
const HANDSET =
  "M6.6 10.8a15.1 15.1 0 0 0 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.1.4 2.4.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1C10.6 21 3 13.4 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.3.2 2.5.6 3.6.1.3 0 .7-.2 1z";

export interface LineProps {
  readonly line: LineState;
  readonly now: number;
  readonly onAnswer: () => void;
  readonly onHangUp: () => void;
}

interface KeyProps {
  readonly look: "answer" | "hang-up";
  readonly label: string;
  readonly onPress: () => void;
}

function Key({ look, label, onPress }: KeyProps) {
  return (
    <button type="button" className={`key ${look}`} onClick={onPress}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={HANDSET} />
      </svg>
      {label}
    </button>
  );
}

function caption(line: LineState, now: number): string {
  if (line.kind === "ringing") return text.incoming;
  return line.kind === "talking" ? `${text.inCall} ${elapsed(now - line.since)}` : text.calling;
}

/**
 * The telephone's own screen, not the app's: a number and two keys, as any phone has.
 *
 * It knows nothing of proofs, because no telephone does.
 */
export function Line({ line, now, onAnswer, onHangUp }: LineProps) {
  if (line.kind === "idle") return null;
  const ringing = line.kind === "ringing";
  return (
    <section className="line" data-line={line.kind} aria-label={text.region}>
      <div className="line-who">
        <p className="line-caption">{caption(line, now)}</p>
        <p className="line-number" role={ringing ? "alert" : undefined}>
          <bdi dir="ltr">{fullNumber(line.number)}</bdi>
        </p>
      </div>
      <div className="line-keys">
        <Key look="hang-up" label={ringing ? text.decline : text.hangUp} onPress={onHangUp} />
        {ringing && <Key look="answer" label={text.answer} onPress={onAnswer} />}
      </div>
    </section>
  );
}
