import { expect, test } from "vitest";
import { problem } from "../src/api.ts";
import { type Attempt, idle, step } from "../src/attempt.ts";
import { ending, explain } from "../src/ending.ts";
import {
  announced,
  connected,
  dialed,
  ended,
  lived,
  next,
  order,
  pushed,
  said,
} from "../src/states/samples.ts";
import { words } from "../src/strings.ts";
import type { Call, Outcome } from "../src/wire.ts";

function endOf(attempt: Attempt) {
  if (attempt.is !== "over") throw new Error(attempt.is);
  return ending(attempt);
}
const end = (...calls: Call[]) => endOf(lived(calls));
const refusedWith = (code: string, rest = {}) =>
  endOf(
    step(step(idle, { type: "started", order }), {
      type: "refused",
      callId: order.callId,
      problem: problem(code, rest),
      at: 0,
    }),
  );

test.each<Outcome>([
  "no_answer",
  "busy",
  "declined",
  "screened",
  "voicemail",
  "failed",
  "unconfirmed",
])("%s has its own sentence", (outcome) => {
  expect(end(dialed, ended(dialed, 9, { outcome }))).toMatchObject(words.end[outcome]);
});

test("an answered call is a success, and says whether the phone had confirmed", () => {
  const sure = end(connected, ended(connected, 9, { outcome: "answered" }));
  expect(sure).toEqual({ tone: "success", ...words.end.answered });
  const unsure = { ...connected, assurance: "accepted" as const };
  expect(end(ended(unsure, 9, { outcome: "answered" })).text).toMatch(/had not confirmed/);
});

test("a call that the agent cancelled while it rang is not a missed one", () => {
  const asked = step(lived([dialed]), { type: "cancelAsked" });
  const call = ended(dialed, 9, { outcome: "no_answer" });
  const over = step(asked, { type: "heard", call, at: 0 });
  expect(endOf(over)).toMatchObject(words.end.cancelledRinging);
});

test.each([
  ["declined", words.end.customerDeclined],
  ["call_later", words.end.customerLater],
  ["reported", words.end.customerReported],
] as const)("the customer's %s is told as such", (evt, text) => {
  expect(end(said(announced, evt, 2, { state: "declined" }))).toMatchObject(text);
});

test("a report during the call outweighs that it was answered", () => {
  const reported = said(connected, "reported", 9);
  expect(end(ended(reported, 12, { outcome: "answered" }))).toMatchObject({
    tone: "error",
    ...words.end.reportedAndOver,
  });
});

test.each([
  ["declined", words.end.declinedWhileRinging],
  ["call_later", words.end.laterWhileRinging],
  ["reported", words.end.reportedAndOver],
] as const)("%s that crosses with the dial is told as what the customer did", (evt, text) => {
  const last = ended(said(dialed, evt, 2), 3, { outcome: "no_answer" });
  expect(end(dialed, last)).toMatchObject(text);
});

test("the server's sentence is preferred, and ours stands in for its code", () => {
  const code = "assurance_too_low";
  expect(end(next(pushed, 4, { state: "refused", code })).text).toBe(words.codes[code]);
  const detail = "Call after 08:00 there.";
  expect(end(next(pushed, 4, { state: "refused", code, detail })).text).toBe(detail);
});

test("a definite refusal says that the customer was not called", () => {
  const { title } = refusedWith("call_in_progress", { status: 409 });
  expect(title).toBe("The customer was not called");
});

test.each([
  ["unreachable", 0],
  ["unexpected", 502],
  ["internal", 500],
] as const)("after %s nothing is promised", (code, status) => {
  expect(refusedWith(code, { status })).toMatchObject({
    tone: "warning",
    title: words.end.unknown.title,
  });
});

test("every problem has a sentence, also one that is not known here", () => {
  expect(explain(problem("never_heard_of"))).toBe(words.anyCode);
  expect(explain(problem("rate_limited", { retryAfter: 11.2 }))).toMatch(/Try again in 12 s\.$/);
});
