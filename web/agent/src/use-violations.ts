/** The agent's violations, asked for while the page is open. */

import { useEffect, useReducer } from "react";
import type { Api } from "./api.ts";
import { loadDraft, saveDraft } from "./draft.ts";
import { onEarlyEnd } from "./early-end.ts";
import type { Softphone } from "./softphone.ts";
import { noticed, noticesBut } from "./violations.ts";
import { type Listen, watchViolations } from "./watch-violations.ts";
import type { Violation } from "./wire.ts";

export function useViolations(
  api: Api,
  softphone: Softphone | null,
): [Violation[], (contactId: string) => void] {
  const [notices, tell] = useReducer(noticed, null, () => noticesBut(loadDraft().dismissed));
  useEffect(() => saveDraft({ dismissed: [...notices.dismissed] }), [notices.dismissed]);
  useEffect(() => {
    const leaving = new AbortController();
    void watchViolations({
      api,
      now: Date.now(),
      visible: () => document.visibilityState === "visible",
      onNudge: nudgedBy(softphone),
      hear: (violations) => tell({ type: "heard", violations }),
      signal: leaving.signal,
    });
    return () => leaving.abort();
  }, [api, softphone]);
  return [[...notices.shown], (contactId) => tell({ type: "dismissed", contactId })];
}

const nudgedBy =
  (softphone: Softphone | null): Listen =>
  (happened) => {
    const stop = softphone ? onEarlyEnd(softphone, happened) : () => undefined;
    document.addEventListener("visibilitychange", happened);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", happened);
    };
  };
