import { expect, test } from "vitest";
import { decide, type Known, type Wish } from "../src/desktop.ts";

const wish: Wish = { customerId: "amara", phone: null, call: true };
const known: Known = {
  busy: false,
  ready: true,
  about: "amara",
  failed: false,
  allowed: true,
  shown: "amara",
};

test("a call is placed once everything about its customer is known", () => {
  expect(decide(wish, known)).toBe("call");
  expect(decide(wish, { ...known, ready: false })).toBe("wait");
});

test("with the status of the customer before, nobody is called", () => {
  expect(decide(wish, { ...known, about: "noah" })).toBe("wait");
});

test("a wish for somebody whom the page no longer shows is dropped", () => {
  expect(decide(wish, { ...known, shown: "noah" })).toBe("drop");
});

test("what policy forbids is not called, now or later", () => {
  expect(decide(wish, { ...known, allowed: false })).toBe("drop");
});

test("a customer who cannot be looked up is not called", () => {
  expect(decide(wish, { ...known, failed: true, ready: false })).toBe("drop");
});

test("during a call no other begins", () => {
  expect(decide(wish, { ...known, busy: true })).toBe("drop");
});
