/** What the five steps show for an attempt; pure. Spans within a call use the server's clock alone. */

import {
  type Attempt,
  isLive,
  type Over,
  type Running,
  reachedAt,
  type Starting,
} from "./attempt.ts";
import { clock, took } from "./format.ts";
import { words } from "./strings.ts";
import type { Call, CallState, Evt, PushNote, Receipt } from "./wire.ts";

export const STEPS = ["notifying", "onPhone", "calling", "ringing", "connected"] as const;
export type StepName = (typeof STEPS)[number];
export type StepStatus = "todo" | "now" | "done" | "warning" | "stopped" | "failed";

export interface Step {
  name: StepName;
  status: StepStatus;
  title: string;
  note: string | null;
  /** When it began, by this page's clock; only where it is in progress. */
  since: number | null;
}

type Shown = Starting | Running | Over;

export function steps(attempt: Shown): Step[] {
  const call = attempt.is === "starting" ? null : attempt.call;
  const at = STEPS.indexOf(position(attempt));
  const done = attempt.is === "over" && call?.outcome === "answered";
  return STEPS.map((name, index) => {
    const status: StepStatus =
      index < at || (index === at && done) ? "done" : index > at ? "todo" : "now";
    const step = plain(name, status, attempt, call);
    return index === at ? corrected(step, attempt) : step;
  });
}

/** The step that the agent would name if asked "where is it?". */
export function headline(attempt: Attempt): string {
  return attempt.is === "idle" ? "" : (current(steps(attempt))?.title ?? "");
}

/** What a screen reader says when something changes: what was reached, and what comes now. */
export function spoken(attempt: Starting | Running): string {
  const shown = steps(attempt);
  const now = current(shown);
  const reached = now?.name === "calling" ? shown.find((each) => each.name === "onPhone") : null;
  return [reached?.title, reached?.note, now?.title, now?.note].filter(Boolean).join(". ");
}

function current(shown: Step[]): Step | undefined {
  const open = shown.find((each) => each.status !== "done" && each.status !== "todo");
  return open ?? shown.findLast((each) => each.status === "done");
}

function plain(name: StepName, status: StepStatus, attempt: Shown, call: Call | null): Step {
  const form = status === "todo" || status === "done" ? status : "now";
  const since = status === "now" && isLive(attempt) ? sinceOf(attempt) : null;
  return { name, status, title: words.steps[name][form], note: note(name, status, call), since };
}

const sinceOf = (attempt: Starting | Running) =>
  attempt.is === "starting" ? attempt.order.startedAt : attempt.since;

/** The step that the call is at, or got to. */
function position(attempt: Shown): StepName {
  const call = attempt.is === "starting" ? null : attempt.call;
  if (!call) return "notifying";
  if (call.state === "declined") return "onPhone";
  switch (lastState(call)) {
    case "announced":
      return "calling";
    case "dialed":
      return canRing(call) ? "ringing" : "calling";
    case "connected":
      return "connected";
    default:
      return call.pushes.some(accepted) ? "onPhone" : "notifying";
  }
}

const accepted = ({ verdict }: PushNote) => verdict === "accepted";

/** Once Connect has taken the call its contact is known: from then on the phone can ring. */
const canRing = ({ contactId, outcome }: Call) =>
  contactId !== null && outcome !== "failed" && outcome !== "unconfirmed";

const ON_THE_WAY: readonly CallState[] = ["requested", "announced", "dialed", "connected"];

/** How far it came before it ended. */
function lastState(call: Call): CallState {
  if (ON_THE_WAY.includes(call.state)) return call.state;
  const passed = call.timeline.map((each) => each.state);
  return ON_THE_WAY.findLast((state) => passed.includes(state)) ?? "requested";
}

function note(name: StepName, status: StepStatus, call: Call | null): string | null {
  if (!call) return null;
  if (name === "notifying") return pushed(call);
  if (name === "onPhone" && status !== "todo") return onPhone(call);
  if (name === "connected" && status === "done") return talked(call);
  return null;
}

function pushed(call: Call): string | null {
  if (call.pushes.length === 0) return null;
  const sent = call.pushes.filter(accepted).length;
  return words.steps.pushed(sent, call.pushes.length);
}

function onPhone(call: Call): string | null {
  const shown = call.receipts.filter((each) => ACKNOWLEDGES.has(each.evt));
  if (shown.length > 0) return furthest(shown, Date.parse(call.requestedAt));
  const unchecked = call.receipts.find((each) => each.evt === "unverified");
  if (unchecked) return words.steps.unverified(words.device(unchecked.platform));
  if (call.assurance === "fallback") return words.steps.byMessage;
  return call.assurance === "accepted" ? words.steps.unconfirmed : null;
}

const ACKNOWLEDGES: ReadonlySet<Evt> = new Set(["delivered", "opened", "confirmed"]);

/** Name the first device, with how long it took to show and the furthest the customer went on it. */
function furthest(shown: Receipt[], requestedAt: number): string {
  const byTime = shown.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const first = byTime[0] as Receipt;
  const last = byTime.findLast((each) => each.deviceId === first.deviceId) ?? first;
  const after = took(Date.parse(first.at) - requestedAt);
  return words.steps.deviceAfter(words.device(first.platform), words.evt(last.evt), after);
}

function talked(call: Call): string | null {
  const from = reachedAt(call, "connected");
  const to = reachedAt(call, "ended");
  return from === null || to === null ? null : words.steps.talked(clock(to - from));
}

/** Put what the customer did, or what went wrong, in the place of the step in which it happened. */
function corrected(step: Step, attempt: Shown): Step {
  if (attempt.is === "starting") return step;
  const said = customerSaid(attempt.call, step.name);
  if (said) {
    const status = said === "reported" ? "failed" : "stopped";
    return { ...step, status, title: words.customerSaid[said], since: null };
  }
  if (attempt.is === "over") return ended(step, attempt);
  if (attempt.call.outcome === "unconfirmed") {
    return { ...step, status: "warning", note: words.steps.unconfirmedDial };
  }
  return attempt.dialProblem ? failed(step) : step;
}

export type Said = keyof typeof words.customerSaid;

/** What the customer last said about the call, if it belongs to this step. */
function customerSaid(call: Call | null, name: StepName): Said | null {
  if (!call) return null;
  if (name === "onPhone" && call.state === "declined") return saidBefore(call) ?? "declined";
  // A "not now" that they then took back by answering is not what became of the call.
  const said = saidAfterDial(call);
  if (name === "connected") return said === "reported" ? said : null;
  return name === "ringing" ? said : null;
}

export function saidBefore(call: Call): Said | null {
  return lastSaid(call, Number.NEGATIVE_INFINITY);
}

export function saidAfterDial(call: Call): Said | null {
  const dialed = reachedAt(call, "dialed");
  return dialed === null ? null : lastSaid(call, dialed);
}

function lastSaid(call: Call, from: number): Said | null {
  const said = call.receipts
    .filter((each) => each.evt in words.customerSaid && Date.parse(each.at) >= from)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .at(-1);
  return (said?.evt as Said | undefined) ?? null;
}

function ended(step: Step, { call, problem, cancelled }: Over): Step {
  if (problem || !call) return failed(step);
  if (call.state === "cancelled") return stopped(step, words.end.cancelled.title);
  if (call.state === "abandoned")
    return { ...step, status: "failed", title: words.end.abandoned.title };
  if (call.state === "refused") return failed(step);
  const outcome = call.outcome ?? "unconfirmed";
  if (outcome === "answered") return step;
  if (cancelled) return stopped(step, words.end.cancelled.title);
  if (outcome === "failed") return { ...step, status: "failed", title: words.end.failed.title };
  if (outcome === "unconfirmed")
    return { ...step, status: "warning", title: words.end.unconfirmed.title };
  return stopped(step, words.end[outcome].title);
}

const failed = (step: Step): Step => {
  return { ...step, status: "failed", title: words.steps[step.name].failed, since: null };
};

const stopped = (step: Step, title: string): Step => ({ ...step, status: "stopped", title });
