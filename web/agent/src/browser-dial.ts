/** Dial an announced call from the browser, and give it back when that fails. */

import { type Api, type Problem, problem, problemFrom } from "./api.ts";
import type { Contact, Softphone } from "./softphone.ts";
import type { Call, Dial } from "./wire.ts";

export interface Surroundings {
  api: Api;
  softphone: Softphone;
  hear(call: Call): void;
  fail(problem: Problem): void;
  signal: AbortSignal;
}

/** Dial once. Whatever fails before the gate has taken the call cancels it, so that phones are told. */
export async function dialInBrowser(callId: string, dial: Dial, around: Surroundings) {
  const { softphone, signal } = around;
  let ours: string | null = null;
  let talking = false;
  const onContact = ({ contactId, number, state }: Contact) => {
    if (ours === null && number === dial.phone && state !== "ended") {
      ours = contactId;
      // A hint for the reconciliation; the gate never trusts it, so its loss is no failure.
      around.api.contact(callId, contactId, signal).catch(() => undefined);
    } else if (contactId === ours && state === "connected") {
      talking = true;
    } else if (contactId === ours && state === "ended") {
      stop();
      void checkGate(callId, around);
    }
  };
  const onTrouble = (trouble: Problem) => {
    // What they talk over is no longer to be given back.
    if (talking) return;
    stop();
    void giveBack(callId, trouble, around);
  };
  const stop = softphone.listen({ onReady: () => undefined, onContact, onTrouble });
  signal.addEventListener("abort", stop);
  try {
    await softphone.dial(dial.phone, dial.queueArn);
  } catch (error) {
    stop();
    await giveBack(callId, problemFrom(error), around);
  }
}

/** A contact that ended while the call is still `announced` never passed the gate. */
async function checkGate(callId: string, around: Surroundings) {
  const call = await around.api.call(callId, 0, around.signal).catch(() => null);
  if (call?.state === "announced") await giveBack(callId, problem("gate_stopped"), around);
}

async function giveBack(callId: string, why: Problem, { api, fail, hear, signal }: Surroundings) {
  fail(why);
  const call = await api.cancel(callId, signal).catch(() => null);
  if (call) hear(call);
}
