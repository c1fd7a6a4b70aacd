import type { CardState } from "../engine/card.ts";
import { strings } from "../strings.ts";
import { elapsed, reference, shortName, timeOfDay } from "../words.ts";
import { Button } from "./Button.tsx";
import { MatchCode, Person } from "./CallDetails.tsx";
import { Notice } from "./Notice.tsx";

export interface CardActions {
  readonly refuse: (how: "declined" | "call_later") => void;
  readonly report: () => void;
  readonly ask: () => void;
  readonly callBack: () => void;
  readonly close: () => void;
}

export interface CardProps {
  readonly card: CardState;
  readonly bank: string;
  readonly now: number;
  readonly photoUrl?: string | undefined;
  readonly actions: CardActions;
}

type Of<K extends CardState["kind"]> = CardProps & {
  readonly card: Extract<CardState, { kind: K }>;
};

const text = strings.card;
const act = strings.actions;

function Announced({ card, photoUrl, actions }: Of<"announced">) {
  const { caller, from } = card;
  return (
    <Notice
      tone="neutral"
      state="announced"
      headline={text.announced(caller.bank)}
      lines={[text.direction]}
    >
      <Person caller={caller} from={from} photoUrl={photoUrl} />
      <MatchCode caller={caller} />
      <div className="actions pair">
        <Button onPress={() => actions.refuse("declined")}>{act.notNow}</Button>
        <Button onPress={() => actions.refuse("call_later")}>{act.callLater}</Button>
        <Button look="danger" onPress={actions.report}>
          {act.notRight}
        </Button>
      </div>
    </Notice>
  );
}

function Connected({ card, now, photoUrl, actions }: Of<"connected">) {
  const clock = (
    <span className="clock" role="timer">
      {elapsed(now - card.since)}
    </span>
  );
  return (
    <Notice tone="good" state="connected" headline={text.connected} earned aside={clock}>
      <Person caller={card.caller} from={card.from} photoUrl={photoUrl} />
      <MatchCode caller={card.caller} />
      <div className="actions">
        <Button look="danger" onPress={actions.report}>
          {act.notRight}
        </Button>
      </div>
    </Notice>
  );
}

function YouCalledUs({ actions }: CardProps) {
  return (
    <Notice
      tone="neutral"
      state="you_called_us"
      headline={text.youCalledUs}
      lines={[text.youCalledUsHelp]}
    >
      <div className="actions">
        <Button look="danger" onPress={actions.report}>
          {act.report}
        </Button>
        <Button onPress={actions.close}>{strings.close}</Button>
      </div>
    </Notice>
  );
}

function NotUs({ bank, actions }: CardProps) {
  const lines = [text.notUsHelp(bank), text.notUsCall];
  return (
    <Notice tone="bad" state="not_us" headline={text.notUs} lines={lines}>
      <div className="actions">
        <Button look="danger" onPress={actions.report}>
          {act.reportCall}
        </Button>
        <Button onPress={actions.close}>{strings.close}</Button>
      </div>
    </Notice>
  );
}

function CannotTell({ actions }: CardProps) {
  const lines = [text.cannotTellHelp, text.cannotTellCall];
  return (
    <Notice tone="unsure" state="cannot_tell" headline={text.cannotTell} lines={lines}>
      <div className="actions">
        <Button look="primary" onPress={actions.ask}>
          {act.tryAgain}
        </Button>
        <Button onPress={actions.close}>{strings.close}</Button>
      </div>
    </Notice>
  );
}

function Unverified({ actions }: CardProps) {
  return (
    <Notice
      tone="warning"
      state="unverified"
      headline={text.unverified}
      lines={[text.unverifiedHelp]}
    >
      <div className="actions">
        <Button look="primary" onPress={actions.ask}>
          {act.open}
        </Button>
      </div>
    </Notice>
  );
}

function StoodDown({ card, actions }: Of<"declined" | "call_later">) {
  const later = card.kind === "call_later";
  const headline = later ? text.callLater : text.declined;
  const help = later ? text.callLaterHelp : text.declinedHelp;
  return (
    <Notice tone="quiet" state={card.kind} headline={headline} lines={[help]}>
      <div className="actions">
        <Button onPress={actions.close}>{strings.close}</Button>
      </div>
    </Notice>
  );
}

function Ended({ card, actions }: Of<"ended">) {
  const time = timeOfDay(card.at);
  const headline = card.spoke ? text.spoke(shortName(card.caller.agent), time) : text.tried(time);
  const lines = [card.caller.reason, text.reference(reference(card.callId))];
  return (
    <Notice tone="quiet" state="ended" headline={headline} lines={lines}>
      <div className="actions">
        <Button look="primary" onPress={actions.callBack}>
          {act.callBack}
        </Button>
        <Button onPress={actions.close}>{strings.close}</Button>
      </div>
    </Notice>
  );
}

/** Show *card*: one row of `ux.md` for each kind. */
export function Card({ card, ...rest }: CardProps) {
  switch (card.kind) {
    case "checking":
      return <Notice tone="quiet" state="checking" headline={text.checking} />;
    case "announced":
      return <Announced card={card} {...rest} />;
    case "connected":
      return <Connected card={card} {...rest} />;
    case "you_called_us":
      return <YouCalledUs card={card} {...rest} />;
    case "not_us":
      return <NotUs card={card} {...rest} />;
    case "cannot_tell":
      return <CannotTell card={card} {...rest} />;
    case "unverified":
      return <Unverified card={card} {...rest} />;
    case "declined":
    case "call_later":
      return <StoodDown card={card} {...rest} />;
    case "ended":
      return <Ended card={card} {...rest} />;
  }
}
