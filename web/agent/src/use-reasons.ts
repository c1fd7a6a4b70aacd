/** The reasons for calling, in the agent's words and in the customer's. */

import { useMemo } from "react";
import type { Api } from "./api.ts";
import { type Loaded, useLoaded } from "./loaded.ts";
import { locale } from "./strings.ts";
import type { Assurance } from "./wire.ts";

export interface ReasonChoice {
  code: string;
  /** For the agent. */
  label: string;
  /** What the customer will read. */
  text: string;
  language: string;
  minimumAssurance: Assurance | null;
}

export interface ReasonChoices {
  default: string;
  choices: ReasonChoice[];
}

export function useReasons(
  api: Api,
  language: string | null,
  tries: number,
): Loaded<ReasonChoices> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again
  const ask = useMemo(
    () => (language ? (signal: AbortSignal) => reasonsIn(api, language, signal) : null),
    [api, language, tries],
  );
  return useLoaded(ask, language);
}

async function reasonsIn(api: Api, language: string, signal: AbortSignal): Promise<ReasonChoices> {
  const [theirs, ours] = await Promise.all([
    api.reasons(language, signal),
    language.split("-")[0] === locale.split("-")[0] ? null : api.reasons(locale, signal),
  ]);
  const labels = new Map(ours?.reasons.map((each) => [each.code, each.text]));
  const choices = theirs.reasons.map(({ code, text, minimumAssurance }) => {
    return { code, text, language, minimumAssurance, label: labels.get(code) ?? text };
  });
  return { default: theirs.default, choices };
}
