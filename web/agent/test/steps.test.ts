import { describe, expect, test } from "vitest";
import { type Attempt, type Over, step } from "../src/attempt.ts";
import {
  accepted,
  announced,
  connected,
  dialed,
  dialing,
  ended,
  lived,
  next,
  problems,
  pushed,
  requested,
  said,
} from "../src/states/samples.ts";
import { type StepStatus, spoken, steps } from "../src/steps.ts";
import { words } from "../src/strings.ts";
import type { Call, Outcome } from "../src/wire.ts";

const drawn = (attempt: Attempt) => (attempt.is === "idle" ? [] : steps(attempt));
const after = (...calls: Call[]) => drawn(lived(calls));
const marks: Record<StepStatus, string> = {
  todo: "·",
  now: "o",
  done: "+",
  warning: "?",
  stopped: "-",
  failed: "x",
};
const picture = (...calls: Call[]) =>
  after(...calls)
    .map((each) => marks[each.status])
    .join("");
const broken = (...calls: Call[]) =>
  after(...calls).find((each) => ["warning", "stopped", "failed"].includes(each.status));

test("the five steps follow the call", () => {
  expect(picture()).toBe("o····");
  expect(picture(requested)).toBe("o····");
  expect(picture(pushed)).toBe("+o···");
  expect(picture(announced)).toBe("++o··");
  expect(picture(dialed)).toBe("+++o·");
  expect(picture(connected)).toBe("++++o");
  expect(picture(ended(connected, 60, { outcome: "answered" }))).toBe("+++++");
});

test("the words are the ones agreed for agents", () => {
  const now = (...calls: Call[]) => after(...calls).find((each) => each.status === "now")?.title;
  expect(now(requested)).toBe("Notifying customer…");
  expect(after(announced)[1]?.title).toBe("On the customer's phone");
  expect(now(announced)).toBe("Calling…");
  expect(now(dialed)).toBe("Ringing");
  expect(now(connected)).toBe("Connected");
});

test("a dialed call rings only once Connect has taken it", () => {
  expect(picture(dialing)).toBe("++o··");
  expect(picture(next(dialing, 1, { contactId: "c" }))).toBe("+++o·");
});

test("the second step names the device and how long it took, by the server's clock", () => {
  expect(after(announced)[1]?.note).toBe("iPhone, shown after 0.6 s");
  expect(after(connected)[1]?.note).toBe("iPhone, opened after 0.6 s");
});

test("a notice that no phone has confirmed is not said to be confirmed", () => {
  expect(after(accepted)[1]?.note).toBe(words.steps.unconfirmed);
});

test("a dial that Connect has not confirmed is a warning, and stays at its step", () => {
  expect(picture(next(dialing, 5, { outcome: "unconfirmed" }))).toBe("++?··");
});

describe("what the customer did replaces the step in which it happened", () => {
  test.each(["declined", "call_later", "reported"] as const)("%s, before the ring", (evt) => {
    const last = said(announced, evt, 2, { state: "declined" });
    expect(picture(announced, last)).toBe(evt === "reported" ? "+x···" : "+-···");
    expect(broken(announced, last)?.title).toBe(words.customerSaid[evt]);
  });

  test("reported, while they talk", () => {
    const last = said(connected, "reported", 9);
    expect(picture(last)).toBe("++++x");
    expect(broken(last)?.title).toBe(words.customerSaid.reported);
  });

  test("reported, while it rings", () => {
    expect(picture(said(dialed, "reported", 2))).toBe("+++x·");
  });
});

test.each<[Outcome, string]>([
  ["no_answer", "+++-·"],
  ["busy", "+++-·"],
  ["declined", "+++-·"],
  ["screened", "+++-·"],
  ["voicemail", "+++-·"],
  ["failed", "++x··"],
  ["unconfirmed", "++?··"],
])("the outcome %s replaces its step", (outcome, expected) => {
  const last = ended(dialed, 20, { outcome });
  expect(picture(dialed, last)).toBe(expected);
  expect(broken(dialed, last)?.title).toBe(words.end[outcome].title);
});

test("an end before the dial is marked where the call was", () => {
  const end = (call: Call, state: "cancelled" | "abandoned" | "refused") =>
    picture(next(call, 3, { state, code: "not_announced" }));
  expect(end(requested, "refused")).toBe("x····");
  expect(end(pushed, "refused")).toBe("+x···");
  expect(end(requested, "cancelled")).toBe("-····");
  expect(end(announced, "cancelled")).toBe("++-··");
  expect(end(announced, "abandoned")).toBe("++x··");
});

test("nothing runs a clock once it is over", () => {
  const over = after(dialed, ended(dialed, 20, { outcome: "no_answer" }));
  expect(over.every((each) => each.since === null)).toBe(true);
});

test("a refusal without a call fails the first step", () => {
  const over: Over = {
    is: "over",
    order: { ...(lived([]) as Over).order },
    call: null,
    problem: problems["inProgress"] ?? null,
    endedAt: 0,
    cancelled: false,
  };
  expect(steps(over).map((each) => each.status)[0]).toBe("failed");
});

test("a browser dial that failed shows at once, before the cancel is through", () => {
  const why = problems["gate"];
  if (!why) throw new Error("no sample");
  const failing = step(lived([announced]), { type: "dialFailed", problem: why });
  expect(drawn(failing)[2]?.status).toBe("failed");
});

test("a screen reader hears what was reached and what comes now", () => {
  const attempt = lived([announced]);
  if (attempt.is !== "running") throw new Error(attempt.is);
  expect(spoken(attempt)).toBe("On the customer's phone. iPhone, shown after 0.6 s. Calling…");
});
