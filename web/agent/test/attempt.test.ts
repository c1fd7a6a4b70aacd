import { describe, expect, test } from "vitest";
import { problem } from "../src/api.ts";
import { type Attempt, type AttemptEvent, idle, isLive, step } from "../src/attempt.ts";
import {
  announced,
  connected,
  dialed,
  ended,
  lived,
  next,
  order,
  pushed,
  requested,
} from "../src/states/samples.ts";
import type { Call, CallState } from "../src/wire.ts";

const hear = (attempt: Attempt, call: Call, at = 1) => step(attempt, { type: "heard", call, at });
const begun = step(idle, { type: "started", order });
const refused: AttemptEvent = {
  type: "refused",
  callId: order.callId,
  problem: problem("quiet_hours", { status: 403 }),
  at: 9,
};

test("pressing the button starts one attempt, and pressing it again changes nothing", () => {
  expect(begun.is).toBe("starting");
  const again = step(begun, { type: "started", order: { ...order, callId: "other" } });
  expect(again).toBe(begun);
});

test.each<CallState>(["ended", "refused", "declined", "cancelled", "abandoned"])(
  "%s ends the attempt for good",
  (state) => {
    const last = next(announced, 3, { state });
    const over = hear(lived([announced]), last);
    expect(over).toMatchObject({ is: "over", call: { state }, problem: null });
    expect(hear(over, next(last, 4, { state: "connected" }))).toBe(over);
  },
);

test("a call that is refused before it is stored ends with the problem", () => {
  const over = step(begun, refused);
  expect(over).toMatchObject({ is: "over", call: null, problem: { code: "quiet_hours" } });
});

test("a failed order says nothing about a call that the poll has shown", () => {
  const running = hear(begun, requested);
  expect(step(running, refused)).toBe(running);
});

describe("answers out of order", () => {
  test("an older version changes nothing", () => {
    const running = lived([dialed]);
    expect(hear(running, announced)).toBe(running);
    expect(hear(running, requested)).toBe(running);
  });

  test("the same version changes nothing", () => {
    const running = lived([announced]);
    expect(hear(running, announced, 99)).toBe(running);
  });

  test("a state may be skipped", () => {
    expect(hear(begun, connected)).toMatchObject({ is: "running", call: { state: "connected" } });
    expect(hear(begun, ended(connected, 9, { outcome: "answered" })).is).toBe("over");
  });

  test("another call's answer changes nothing", () => {
    const running = lived([announced]);
    expect(hear(running, { ...dialed, callId: "another" })).toBe(running);
  });

  test("an answer after the page has let go changes nothing", () => {
    expect(hear(idle, requested)).toBe(idle);
  });
});

test("the clock of a state starts when the page learns of it, not at each version", () => {
  const first = hear(begun, requested, 100);
  const receipt = hear(first, pushed, 200);
  expect(receipt).toMatchObject({ since: 100 });
  expect(hear(receipt, announced, 300)).toMatchObject({ since: 300 });
});

test("a lost line is remembered until the next answer, even an unchanged one", () => {
  const lost = step(lived([announced]), { type: "lost" });
  expect(lost).toMatchObject({ online: false });
  expect(hear(lost, announced)).toMatchObject({ online: true });
});

test("a cancel that fails leaves the call under way, and says why", () => {
  const asked = step(lived([dialed]), { type: "cancelAsked" });
  expect(asked).toMatchObject({ cancelling: true });
  const why = problem("too_late_to_cancel", { status: 409 });
  const failed = step(asked, { type: "cancelFailed", problem: why });
  expect(failed).toMatchObject({ is: "running", cancelling: false, cancelProblem: why });
});

test("a dial that failed in the browser is the end's reason, not the cancel that followed", () => {
  const why = problem("softphone_refused");
  const failing = step(lived([announced]), { type: "dialFailed", problem: why });
  const over = hear(failing, next(announced, 2, { state: "cancelled" }));
  expect(over).toMatchObject({ is: "over", problem: why });
});

test("only what is over can be cleared", () => {
  const running = lived([announced]);
  expect(isLive(step(running, { type: "cleared" }))).toBe(true);
  expect(step(step(begun, refused), { type: "cleared" })).toBe(idle);
});
