import { expect, test } from "vitest";
import { elapsed, fullNumber, initials, maskedNumber, shortName } from "../src/words.ts";

test.each([
  ["442079460123", "+44 20 •••• 0123"],
  ["14155550123", "+1 41 •••• 0123"],
  ["353861234567", "+353 86 •••• 4567"],
  ["123", "••••"],
])("%s is masked as %s", (number, masked) => {
  expect(maskedNumber(number)).toBe(masked);
});

test.each([
  ["+442079460123", "+44 20 7946 0123"],
  ["447400100001", "+44 7400 100001"],
  ["+4930123456", "+49 30123456"],
  ["anonymous", "anonymous"],
])("%s is written as %s", (number, written) => {
  expect(fullNumber(number)).toBe(written);
});

test.each([
  [0, "0:00"],
  [247_000, "4:07"],
  [3_723_000, "1:02:03"],
  [-5, "0:00"],
])("%d ms are %s", (millis, clock) => {
  expect(elapsed(millis)).toBe(clock);
});

test("an agent is called by the name before the team", () => {
  expect(shortName("Ayesha, Fraud team")).toBe("Ayesha");
  expect(initials("Mary Ann Smith, Cards")).toBe("MA");
});
