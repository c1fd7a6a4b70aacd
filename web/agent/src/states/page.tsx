/** `#/states` draws every state, `#/states/<name>` one of them. */

import { isLive } from "../attempt.ts";
import { words } from "../strings.ts";
import { Frame } from "../view/frame.tsx";
import { CannotStart, NoAgent, SignedOut, Waiting } from "../view/gates.tsx";
import { Panel, type PanelActions, type PanelModel } from "../view/panel.tsx";
import { me, problems } from "./samples.ts";
import { scenes } from "./scenes.ts";

const nothing = () => undefined;
const actions: PanelActions = {
  type: nothing,
  searchAgain: nothing,
  choose: nothing,
  check: nothing,
  setPhone: nothing,
  setReason: nothing,
  start: nothing,
  cancel: nothing,
  hangUp: nothing,
  callAgain: nothing,
  another: nothing,
  signIn: nothing,
  checkAgain: nothing,
  dismiss: nothing,
};

const bank = "Example Bank";

function Scene({ model }: { model: PanelModel }) {
  const { attempt } = model;
  const earned = attempt.is === "running" && attempt.call.state === "connected";
  return (
    <Frame bank={bank} me={me} earned={earned} onSignOut={isLive(attempt) ? null : nothing}>
      <Panel {...model} {...actions} />
    </Frame>
  );
}

function gates() {
  const { unreachable, stranger } = problems;
  return [
    ["waiting", <Waiting key="waiting" text={words.session.starting} />],
    ["signed-out", <SignedOut key="out" bank={bank} failure={null} onSignIn={nothing} />],
    [
      "sign-in-failed",
      <SignedOut
        key="failed"
        bank={bank}
        failure="ErrorResponse: login_required"
        onSignIn={nothing}
      />,
    ],
    ["cannot-start", unreachable && <CannotStart key="start" problem={unreachable} />],
    [
      "no-agent",
      stranger && (
        <Frame key="no-agent" bank={bank} me={null} earned={false} onSignOut={nothing}>
          <NoAgent problem={stranger} onAgain={nothing} onSignIn={nothing} />
        </Frame>
      ),
    ],
  ] as const;
}

export default function States() {
  const wanted = window.location.hash.split("/")[2];
  const drawn = [
    ...gates(),
    ...scenes.map(([name, model]) => [name, <Scene key={name} model={model} />] as const),
  ];
  return drawn
    .filter(([name]) => !wanted || name === wanted)
    .map(([name, scene]) => (
      <section key={name} id={name} className="state" data-state={name}>
        {!wanted && <h2>{name}</h2>}
        {scene}
      </section>
    ));
}
