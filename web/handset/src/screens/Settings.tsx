import { useState } from "react";
import type { PhoneKind } from "../config.ts";
import { strings } from "../strings.ts";
import { Button } from "./Button.tsx";

const text = strings.settingsPage;

interface SettingsProps {
  readonly kind: PhoneKind;
  readonly notices: boolean;
  readonly onNotices: (on: boolean) => void;
  readonly onRemove: () => void;
}

function Remove({ onRemove }: Pick<SettingsProps, "onRemove">) {
  const [sure, setSure] = useState(false);
  if (!sure)
    return (
      <Button look="danger" onPress={() => setSure(true)}>
        {text.remove}
      </Button>
    );
  return (
    <div className="actions pair">
      <Button onPress={() => setSure(false)}>{text.keep}</Button>
      <Button look="danger" onPress={onRemove}>
        {text.confirmRemove}
      </Button>
    </div>
  );
}

export function Settings({ kind, notices, onNotices, onRemove }: SettingsProps) {
  return (
    <section className="settings">
      <h2>{strings.settings}</h2>
      <div className="setting">
        <label className="switch">
          <span>{text.notices}</span>
          <input
            type="checkbox"
            role="switch"
            checked={notices}
            aria-checked={notices}
            onChange={(change) => onNotices(change.target.checked)}
          />
        </label>
        <p>{text.noticesHelp}</p>
      </div>
      <div className="setting">
        <h3>{text.device}</h3>
        <p>{strings.welcome[kind]}</p>
        <p>{text.removeHelp}</p>
        <Remove onRemove={onRemove} />
      </div>
    </section>
  );
}
