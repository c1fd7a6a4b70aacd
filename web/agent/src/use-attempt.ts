/** The one attempt of this page: start it, call it off, and pick it up again after a reload. */

import { useEffect, useMemo, useReducer, useRef } from "react";
import type { Api } from "./api.ts";
import { type Attempt, idle, isLive, type Order, step } from "./attempt.ts";
import { loadDraft, saveDraft } from "./draft.ts";
import { cancel, place, resume } from "./place.ts";
import type { Softphone } from "./softphone.ts";

export interface AttemptControl {
  attempt: Attempt;
  start(order: Order): void;
  cancel(): void;
  clear(): void;
}

export function useAttempt(api: Api, softphone: Softphone | null): AttemptControl {
  const [attempt, tell] = useReducer(step, idle);
  const following = useRef<AbortController | null>(null);
  const order = isLive(attempt) ? attempt.order : null;

  const actions = useMemo(() => {
    const begin = (ordered: Order, go: typeof resume) => {
      const leaving = new AbortController();
      following.current = leaving;
      tell({ type: "started", order: ordered });
      void go(ordered, { api, softphone, tell, signal: leaving.signal });
    };
    return {
      start: (ordered: Order) => begin(ordered, place),
      resume: (ordered: Order) => begin(ordered, resume),
      cancel: (ordered: Order) => {
        const signal = following.current?.signal;
        if (signal) void cancel(ordered, { api, softphone, tell, signal });
      },
      clear: () => tell({ type: "cleared" }),
      leave: () => {
        following.current?.abort();
        tell({ type: "left" });
      },
    };
  }, [api, softphone]);

  useEffect(() => {
    const kept = loadDraft().order;
    if (kept) actions.resume(kept);
    return actions.leave;
  }, [actions]);

  useEffect(() => {
    if (attempt.is !== "idle") saveDraft({ order });
  }, [attempt.is, order]);

  return {
    attempt,
    start: actions.start,
    cancel: () => order && actions.cancel(order),
    clear: actions.clear,
  };
}
