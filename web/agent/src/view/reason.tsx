/** Why the bank calls: the agent picks from the catalogue, and sees what the customer will read. */

import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { explain } from "../ending.ts";
import type { Loaded } from "../loaded.ts";
import { words } from "../strings.ts";
import type { ReasonChoice, ReasonChoices } from "../use-reasons.ts";

interface Props {
  reasons: Loaded<ReasonChoices>;
  reason: ReasonChoice | null;
  setReason: (code: string) => void;
  again: () => void;
}

export function ReasonPicker({ reasons, reason, setReason, again }: Props) {
  const choices = reasons.is === "ready" ? reasons.value.choices : [];
  const options = choices.map(option);
  const empty = reasons.is === "ready" && choices.length === 0;
  const failed = reasons.is === "failed";
  const translated = reason !== null && reason.label !== reason.text;
  return (
    <FormField
      label={words.reason.label}
      stretch
      description={reason && !translated && words.reason.exactly}
      errorText={failed ? explain(reasons.problem) : empty ? words.reason.none : undefined}
      secondaryControl={failed && <Button onClick={again}>{words.reason.again}</Button>}
    >
      <Select
        options={options}
        selectedOption={options.find((each) => each.value === reason?.code) ?? null}
        disabled={options.length === 0}
        placeholder={reasons.is === "loading" ? words.reason.loading : words.reason.label}
        onChange={({ detail }) =>
          detail.selectedOption.value && setReason(detail.selectedOption.value)
        }
      />
      {translated && (
        <p className="reads">
          {words.reason.reads} <q lang={reason.language}>{reason.text}</q>
        </p>
      )}
    </FormField>
  );
}

function option({ code, label, minimumAssurance }: ReasonChoice) {
  const description = minimumAssurance === "acknowledged" ? words.reason.acknowledged : "";
  return { value: code, label, description };
}
