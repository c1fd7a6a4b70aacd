/** Have the server place a call, and show it to its end. */

import type { Api } from "@ringproof/agent/api.ts";
import { type AttemptEvent, idle, type Order, step } from "@ringproof/agent/attempt.ts";
import { cancel, place } from "@ringproof/agent/place.ts";
import { words } from "../strings.ts";
import type { Xrm } from "../xrm.ts";
import { Progress } from "./progress.ts";

export async function serverCall(xrm: Xrm, api: Api, customerId: string): Promise<void> {
  const placing = { callId: crypto.randomUUID(), mode: "server", customerId } as const;
  const { signal } = new AbortController();
  let attempt = step(idle, { type: "started", order: orderOf(placing) });

  const tell = (event: AttemptEvent) => {
    attempt = step(attempt, event);
    progress.show(attempt);
    if (event.type !== "cancelFailed") return;
    void xrm.Navigation.openAlertDialog({ title: words.title, text: words.cancelFailed });
  };
  const around = { api, softphone: null, tell, signal };
  const progress = new Progress(xrm, () => void cancel(placing, around));
  progress.show(attempt);
  try {
    await place(placing, around);
  } finally {
    await progress.end(attempt.is === "over" ? attempt : null);
  }
}

/** The server chooses number and reason; nothing here shows them. */
function orderOf(placing: Pick<Order, "callId" | "mode" | "customerId">): Order {
  const unknown = { customerName: "", phone: "", reason: "", reasonText: "" };
  return { ...placing, ...unknown, startedAt: Date.now() };
}
