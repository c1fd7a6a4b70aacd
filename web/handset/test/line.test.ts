import { expect, test } from "vitest";
import { afterMessage } from "../src/device/line.ts";
import type { LineState } from "../src/engine/ports.ts";

type Wire = Record<string, unknown>;

const IDLE: LineState = { kind: "idle" };
const ring: Wire = { type: "ringing", leg: "1", from: "+442079460123" };
const after = (first: LineState, ...messages: Wire[]) =>
  messages.reduce<LineState>((line, message) => afterMessage(line, message, 7), first);

test("a call rings, is answered, and ends", () => {
  expect(after(IDLE, ring)).toEqual({ kind: "ringing", leg: "1", number: "+442079460123" });
  expect(after(IDLE, ring, { type: "answered", leg: "1" })).toMatchObject({
    kind: "talking",
    since: 7,
  });
  expect(after(IDLE, ring, { type: "ended", leg: "1", reason: "no_answer" })).toEqual(IDLE);
});

test("the end of another leg does not hang up this one", () => {
  expect(after(IDLE, ring, { type: "ended", leg: "2" })).toMatchObject({ kind: "ringing" });
});

test("a call that the customer places takes the leg that the network gives it", () => {
  const calling: LineState = { kind: "calling", number: "+442079460000" };

  expect(after(calling, { type: "calling", leg: "9" })).toMatchObject({ leg: "9" });
  expect(after(calling, { type: "refused" })).toEqual(IDLE);
});
