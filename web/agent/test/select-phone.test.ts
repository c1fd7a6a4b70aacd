import { expect, test } from "vitest";
import { selectPhone } from "../src/select-phone.ts";

const stored = ["+447700900102", "+442079460511"];

test.each([
  [null, "+447700900102"],
  ["+442079460511", "+442079460511"],
  ["+44 (20) 7946 0511", "+442079460511"],
  ["0044 20 7946 0511", "+442079460511"],
  ["020 7946 0511", "+442079460511"],
])("%s means the stored number %s", (meant, expected) => {
  expect(selectPhone(meant, stored)).toBe(expected);
});

test("a number that is not the customer's is kept, so that the server refuses it", () => {
  expect(selectPhone("+44 20 7946 9999", stored)).toBe("+442079469999");
});

test("a few digits at the end of a number do not select it", () => {
  expect(selectPhone("0511", stored)).not.toBe("+442079460511");
});
