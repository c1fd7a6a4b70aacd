/** Place a call and follow it to its end: order it, poll it, and in `agent` mode dial it. */

import { type Api, type Problem, problemFrom } from "./api.ts";
import { type AttemptEvent, isFinal, type Order } from "./attempt.ts";
import { dialInBrowser } from "./browser-dial.ts";
import { type Ears, follow } from "./follow.ts";
import { type Placing, sendOrder } from "./order.ts";
import { backoff, pause } from "./pause.ts";
import type { Softphone } from "./softphone.ts";
import type { Call } from "./wire.ts";

/** Time for the order to be stored, so that the first poll is seldom in vain. */
const FIRST_POLL_MS = 80;
/** The order itself gives up sooner. */
const MOST_CANCELS = 8;

export interface Surroundings {
  api: Api;
  softphone: Softphone | null;
  tell: (event: AttemptEvent) => void;
  signal: AbortSignal;
}

/** Order the call and follow it; resolves at its end, or when the signal is aborted. */
export async function place(order: Placing, around: Surroundings): Promise<void> {
  const { api, softphone, tell, signal } = around;
  const settled = new AbortController();
  const until = AbortSignal.any([signal, settled.signal]);
  let ordering = true;
  let known = false;
  let dialed = false;

  const hear = (call: Call) => {
    known = true;
    tell({ type: "heard", call, at: Date.now() });
    if (isFinal(call.state)) settled.abort();
    if (dialed || call.state !== "announced" || !call.dial || !softphone) return;
    dialed = true;
    const fail = (problem: Problem) => tell({ type: "dialFailed", problem });
    void dialInBrowser(order.callId, call.dial, { api, softphone, hear, fail, signal: until });
  };

  const asking = async () => {
    const answer = await sendOrder(api, order, until);
    ordering = false;
    if ("callId" in answer) return hear(answer);
    if (known || until.aborted) return;
    tell({ type: "refused", callId: order.callId, problem: answer, at: Date.now() });
    settled.abort();
  };

  const lose = () => tell({ type: "lost" });
  const ears = { hear, lose, missing: () => ordering || known };
  const watching = async () => {
    await pause(FIRST_POLL_MS, until);
    await follow(api, order.callId, ears, until);
  };
  await Promise.all([asking(), watching()]);
}

/** Follow a call that was placed before the page was loaded again; the old page may have dialed it. */
export async function resume(order: Order, around: Surroundings): Promise<void> {
  const { api, tell, signal } = around;
  const ears: Ears = {
    hear: (call) => tell({ type: "heard", call, at: Date.now() }),
    lose: () => tell({ type: "lost" }),
    missing: (problem) => {
      tell({ type: "refused", callId: order.callId, problem, at: Date.now() });
      return false;
    },
  };
  await follow(api, order.callId, ears, signal);
}

/** Cancel; a call that the server has not stored yet is asked for again until it has. */
export async function cancel(
  order: Pick<Order, "callId">,
  { api, tell, signal }: Surroundings,
): Promise<void> {
  tell({ type: "cancelAsked" });
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      return tell({ type: "heard", call: await api.cancel(order.callId, signal), at: Date.now() });
    } catch (error) {
      const why = problemFrom(error);
      if (why.status !== 404 || tries >= MOST_CANCELS) {
        return tell({ type: "cancelFailed", problem: why });
      }
      await pause(backoff(tries), signal);
    }
  }
}
