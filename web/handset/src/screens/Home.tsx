import type { PastCall } from "../device/vault.ts";
import { strings } from "../strings.ts";
import { dayAndTime } from "../words.ts";
import { Button } from "./Button.tsx";

const text = strings.home;

export function Ask({ onAsk }: { readonly onAsk: () => void }) {
  return (
    <section className="ask">
      <Button look="primary" onPress={onAsk}>
        {text.ask}
      </Button>
      <p>{text.askHelp}</p>
    </section>
  );
}

interface HistoryProps {
  readonly calls: readonly PastCall[];
  readonly now: number;
}

/** The calls of this bank to this phone, kept on the phone alone. */
export function History({ calls, now }: HistoryProps) {
  return (
    <section className="history">
      <h2>{text.history}</h2>
      {calls.length === 0 && <p className="empty">{text.noHistory}</p>}
      <ul>
        {calls.map((call) => (
          <li key={call.callId}>
            <p className="history-who">
              <span dir="auto">{call.agent}</span> <time>{dayAndTime(call.at, now)}</time>
            </p>
            <p className="history-why">
              <span dir="auto">{call.reason}</span> <span>{strings.outcome[call.outcome]}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
