import { useState } from "react";
import type { App } from "./app.ts";
import type { Config } from "./config.ts";
import type { TelephoneLine } from "./engine/ports.ts";
import type { Ready } from "./ready.ts";
import { Button } from "./screens/Button.tsx";
import { Frame } from "./screens/Frame.tsx";
import { PhoneView } from "./screens/PhoneView.tsx";
import { Settings } from "./screens/Settings.tsx";
import { Choose, Failure, Wait, Welcome } from "./screens/Welcome.tsx";
import { useStore } from "./store.ts";
import { strings } from "./strings.ts";
import { useNow } from "./useNow.ts";
import { usePhoto } from "./usePhoto.ts";

interface RunningProps {
  readonly ready: Ready;
  readonly config: Config;
  readonly app: App;
}

function SettingsPage({ ready, config, app, onBack }: RunningProps & { onBack: () => void }) {
  const { kind, notices } = ready.device;
  const corner = <Button onPress={onBack}>{strings.back}</Button>;
  return (
    <Frame bank={config.bank.name} corner={corner}>
      <Settings
        kind={kind}
        notices={notices}
        onNotices={app.setNotices}
        onRemove={app.removePhone}
      />
    </Frame>
  );
}

function Running({ ready, config, app }: RunningProps) {
  const { phone, lines } = ready;
  const state = useStore(phone.store);
  const now = useNow();
  const [settings, setSettings] = useState(false);
  const { card, line } = state;
  const photo = card && "caller" in card ? card.caller.photo : undefined;
  const photoUrl = usePhoto(photo, config.photoOrigin);
  // Whatever was being looked at, a call comes first.
  if (settings && !card && line.kind === "idle") {
    const onBack = () => setSettings(false);
    return <SettingsPage ready={ready} config={config} app={app} onBack={onBack} />;
  }
  const each = (act: (line: TelephoneLine) => void) => {
    for (const line of lines) act(line);
  };
  const actions = {
    answer: () => each((line) => line.answer()),
    hangUp: () => each((line) => line.hangUp()),
    callBack: () => lines[0]?.call(config.bank.callUs),
    refuse: phone.refuse,
    report: phone.startReport,
    tell: phone.finishReport,
    ask: phone.ask,
    close: phone.dismiss,
    settings: () => setSettings(true),
  };
  return (
    <PhoneView state={state} bank={config.bank} now={now} photoUrl={photoUrl} actions={actions} />
  );
}

function Before({ app }: { readonly app: App }) {
  const { stage } = useStore(app.store);
  switch (stage.kind) {
    case "welcome":
      return <Welcome gone={stage.gone} onSignIn={() => app.signIn(false)} />;
    case "choose":
      return <Choose onChoose={app.choose} />;
    case "enrolling":
      return <Wait saying={strings.welcome.enrolling} />;
    case "elsewhere":
      return <Wait saying={strings.welcome.elsewhere} />;
    case "failed":
      return <Failure code={stage.code} onRetry={app.retry} onSignIn={() => app.signIn(true)} />;
    default:
      return <Wait saying={strings.loading} />;
  }
}

export function Root({ app }: { readonly app: App }) {
  const { stage, config } = useStore(app.store);
  if (stage.kind === "ready" && config)
    return <Running ready={stage.ready} config={config} app={app} />;
  return (
    <Frame bank={config?.bank.name ?? ""}>
      <Before app={app} />
    </Frame>
  );
}
