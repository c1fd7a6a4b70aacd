import type { Announcement, Caller, Status } from "@ringproof/proof";
import { describe, expect, test } from "vitest";
import { type CardEvent, type CardState, isPerishable, next } from "../src/engine/card.ts";

const NOW = 1_800_000_000_000;

const caller: Caller = { bank: "B", agent: "Ayesha", reason: "R", matchCode: "47" };

const announcement: Announcement = {
  ...caller,
  jti: "j",
  callId: "c",
  from: "442079460123",
  to: "447400100001",
  issuedAt: NOW / 1000,
  expiresAt: NOW / 1000 + 150,
};

const announced: CardEvent = { type: "announced", announcement };
const answer = (status: Status, askedAt = NOW): CardEvent => ({ type: "answer", status, askedAt });
const ended = (callId: string, outcome: string): CardEvent => ({
  type: "update",
  update: { jti: "u", callId, outcome },
  at: NOW,
});

function after(...events: CardEvent[]): CardState | undefined {
  return events.reduce<CardState | undefined>(next, undefined);
}

const onCall: Status = { answer: "on_call_with_you", callId: "c", caller };

test("an announcement is neutral until the bank says that the call is connected", () => {
  expect(after(announced)).toMatchObject({ kind: "announced", callId: "c", jti: "j" });
  expect(after(announced, answer({ answer: "calling_you", callId: "c", caller }))).toMatchObject({
    kind: "announced",
  });
  expect(after(announced, answer(onCall))).toMatchObject({ kind: "connected", jti: "j" });
});

test("green lasts ten seconds from the question and no longer", () => {
  const green = after(announced, answer(onCall));

  expect(next(green, { type: "time", now: NOW + 9_999 })).toBe(green);
  expect(next(green, { type: "time", now: NOW + 10_000 })).toEqual({ kind: "cannot_tell" });
});

test("each new answer keeps green, and its clock runs on", () => {
  const again = after(announced, answer(onCall), answer(onCall, NOW + 5_000));

  expect(again).toMatchObject({ kind: "connected", since: NOW, sureUntil: NOW + 15_000 });
});

test("red lasts ten seconds and no longer", () => {
  const red = after({ type: "asked" }, answer({ answer: "not_us" }));

  expect(red).toMatchObject({ kind: "not_us" });
  expect(next(red, { type: "time", now: NOW + 10_000 })).toEqual({ kind: "cannot_tell" });
});

test.each(["not_us", "you_called_us", "cannot_tell"] as const)(
  "the answer %s does not take an announced call off the screen",
  (unsure) => {
    expect(after(announced, answer({ answer: unsure }))).toMatchObject({ kind: "announced" });
  },
);

test("no answer at all is grey, and never red", () => {
  expect(after({ type: "asked" }, { type: "no_answer" })).toEqual({ kind: "cannot_tell" });
});

test("a green answer that does not say about whom is not believed", () => {
  expect(after({ type: "asked" }, answer({ answer: "on_call_with_you" }))).toEqual({
    kind: "cannot_tell",
  });
});

describe("the end of a call", () => {
  test.each([
    ["answered", true],
    ["no_answer", false],
    ["voicemail", false],
  ])("%s: spoke is %s", (outcome, spoke) => {
    const card = after(announced, ended("c", outcome));

    expect(card).toMatchObject({ kind: "ended", spoke });
  });

  test("of another call changes nothing", () => {
    expect(after(announced, ended("other", "answered"))).toMatchObject({ kind: "announced" });
  });

  test("of an unknown call shows nothing", () => {
    expect(after(ended("other", "answered"))).toBeUndefined();
  });

  test("comes with the proof's end if no notice came", () => {
    const card = after(announced, { type: "time", now: NOW + 150_000 });

    expect(card).toMatchObject({ kind: "ended", spoke: false });
  });
});

test("what a person refused stays refused, whatever the end notice says", () => {
  const refused = after(announced, { type: "refused", how: "declined" });

  expect(refused).toMatchObject({ kind: "declined" });
  expect(next(refused, ended("c", "declined"))).toBe(refused);
});

test("a notice that could not be checked never covers a genuine call", () => {
  expect(after({ type: "unverified" })).toEqual({ kind: "unverified" });
  expect(after(announced, { type: "unverified" })).toMatchObject({ kind: "announced" });
});

test("a second announcement never covers a call that is connected", () => {
  const card = after(announced, answer(onCall), announced);

  expect(card).toMatchObject({ kind: "connected" });
});

test("only what says something about the present is asked again", () => {
  const kinds = [announced, { type: "unverified" } as const].map((event) => after(event));

  expect(kinds.map(isPerishable)).toEqual([true, false]);
  expect(isPerishable(after({ type: "asked" }, answer({ answer: "not_us" })))).toBe(true);
});

test("the clock of a call runs from when the bank says that it began", () => {
  const late = after(announced, answer({ ...onCall, since: NOW / 1000 - 30 }));

  expect(late).toMatchObject({ kind: "connected", since: NOW - 30_000 });
});
