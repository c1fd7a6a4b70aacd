/** What stands before the desk: waiting, signing in, and what keeps an agent out. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Problem } from "../api.ts";
import { explain } from "../ending.ts";
import { words } from "../strings.ts";
import { Details } from "./details.tsx";
import { Frame } from "./frame.tsx";

export function Waiting({ text }: { text: string }) {
  return (
    <main className="center">
      <StatusIndicator type="loading">{text}</StatusIndicator>
    </main>
  );
}

interface SignedOutProps {
  bank: string;
  failure: string | null;
  onSignIn: () => void;
}

export function SignedOut({ bank, failure, onSignIn }: SignedOutProps) {
  const { session } = words;
  return (
    <Frame bank={bank} me={null} earned={false} onSignOut={null}>
      <SpaceBetween size="m">
        {failure && (
          <Alert type="error" header={session.failed}>
            {session.failedText}
            <Details rows={[[words.problem.technical, failure]]} />
          </Alert>
        )}
        <Container>
          <div className="center">
            <SpaceBetween size="s">
              <Box variant="h2">{session.welcome}</Box>
              <Box variant="p">{session.welcomeText}</Box>
              <Button variant="primary" onClick={onSignIn}>
                {session.signIn}
              </Button>
            </SpaceBetween>
          </div>
        </Container>
      </SpaceBetween>
    </Frame>
  );
}

interface NoAgentProps {
  problem: Problem;
  onAgain: () => void;
  onSignIn: () => void;
}

export function NoAgent({ problem, onAgain, onSignIn }: NoAgentProps) {
  const { session, search } = words;
  const expired = problem.status === 401;
  const action = expired ? (
    <Button onClick={onSignIn}>{session.signInAgain}</Button>
  ) : (
    <Button onClick={onAgain}>{search.again}</Button>
  );
  return (
    <Alert type="error" header={session.noAgent} action={action}>
      {explain(problem)}
      <Details problem={problem} />
    </Alert>
  );
}

export function CannotStart({ problem }: { problem: Problem }) {
  const { configFailed, configText } = words.session;
  return <Stopped title={configFailed} text={configText} problem={problem} />;
}

export function Stopped(props: { title: string; text: string; problem: Problem }) {
  const reload = () => window.location.reload();
  return (
    <main>
      <Alert
        type="error"
        header={props.title}
        action={<Button onClick={reload}>{words.session.reload}</Button>}
      >
        {props.text}
        <Details problem={props.problem} />
      </Alert>
    </main>
  );
}
