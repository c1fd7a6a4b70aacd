import type { Config } from "../config.ts";
import type { PhoneState } from "../engine/phone.ts";
import { type ReportReason, strings } from "../strings.ts";
import { Button } from "./Button.tsx";
import { Card, type CardActions } from "./Card.tsx";
import { Frame } from "./Frame.tsx";
import { Ask, History } from "./Home.tsx";
import { Line } from "./Line.tsx";
import { Report } from "./Report.tsx";

export interface PhoneActions extends CardActions {
  readonly answer: () => void;
  readonly hangUp: () => void;
  readonly tell: (what: ReportReason) => void;
  readonly settings: () => void;
}

export interface PhoneViewProps {
  readonly state: PhoneState;
  readonly bank: Config["bank"];
  readonly now: number;
  readonly photoUrl?: string | undefined;
  readonly actions: PhoneActions;
}

function Message({ state, bank, now, photoUrl, actions }: PhoneViewProps) {
  const { card, report } = state;
  if (report)
    return (
      <Report report={report} callUs={bank.callUs} onWhat={actions.tell} onDone={actions.close} />
    );
  if (!card) return null;
  return <Card card={card} bank={bank.name} now={now} photoUrl={photoUrl} actions={actions} />;
}

/** The whole phone, drawn from its state and nothing else. */
export function PhoneView(props: PhoneViewProps) {
  const { state, bank, now, actions } = props;
  const { card, report, line } = state;
  const quiet = !report && (card === undefined || card.kind === "ended");
  const telephone = (
    <Line line={line} now={now} onAnswer={actions.answer} onHangUp={actions.hangUp} />
  );
  const corner = <Button onPress={actions.settings}>{strings.settings}</Button>;
  return (
    <Frame bank={bank.name} line={telephone} corner={corner}>
      {!state.connected && (
        <p className="away" role="status">
          {strings.home.away}
        </p>
      )}
      <Message {...props} />
      {quiet && <Ask onAsk={actions.ask} />}
      {quiet && <History calls={state.history} now={now} />}
    </Frame>
  );
}
