import type { PhoneKind } from "../config.ts";
import { strings } from "../strings.ts";
import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

const text = strings.welcome;

export function Wait({ saying }: { readonly saying: string }) {
  return (
    <p className="wait" role="status">
      {saying}
    </p>
  );
}

interface WelcomeProps {
  readonly gone: boolean;
  readonly onSignIn: () => void;
}

export function Welcome({ gone, onSignIn }: WelcomeProps) {
  return (
    <Notice
      tone="quiet"
      state="welcome"
      headline={text.title}
      lines={[gone ? text.gone : text.help]}
    >
      <div className="actions">
        <Button look="primary" onPress={onSignIn}>
          {text.signIn}
        </Button>
      </div>
    </Notice>
  );
}

export function Choose({ onChoose }: { readonly onChoose: (kind: PhoneKind) => void }) {
  return (
    <Notice tone="quiet" state="choose" headline={text.choose}>
      <div className="actions">
        <Button onPress={() => onChoose("ios")}>
          {text.ios} <small>{text.iosHelp}</small>
        </Button>
        <Button onPress={() => onChoose("android")}>
          {text.android} <small>{text.androidHelp}</small>
        </Button>
      </div>
    </Notice>
  );
}

interface FailureProps {
  readonly code: string;
  readonly onRetry: () => void;
  readonly onSignIn: () => void;
}

function sentence(code: string): string {
  const known: Readonly<Record<string, string>> = strings.failure.because;
  return known[code] ?? strings.failure.help;
}

/** What happened, what to do, and the word that support needs. */
export function Failure({ code, onRetry, onSignIn }: FailureProps) {
  const again = code === "login_too_old" || code === "unauthenticated";
  const lines = [sentence(code), strings.failure.reference(code)];
  return (
    <Notice tone="quiet" state="failed" headline={strings.failure.title} lines={lines}>
      <div className="actions">
        <Button look="primary" onPress={again ? onSignIn : onRetry}>
          {again ? text.signIn : strings.failure.tryAgain}
        </Button>
      </div>
    </Notice>
  );
}
