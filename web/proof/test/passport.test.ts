import { beforeAll, describe, expect, test } from "vitest";
import { memoryOnly, type Verdict, verifyPassport } from "../src/index.ts";
import { NOW, openTestBank, type TestBank } from "./bank.ts";

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});

const verify = (token: string, now = NOW): Promise<Verdict> =>
  verifyPassport(token, bank.trust, memoryOnly(), now);

test("a genuine passport says who calls, from where, and why", async () => {
  const verdict = await verify(await bank.passport());

  expect(verdict).toEqual({
    ok: true,
    announcement: {
      jti: "j-1",
      callId: "call-1",
      bank: "Example Bank",
      agent: "Ayesha",
      reason: "About a payment you made",
      matchCode: "47",
      photo: { url: "https://photos.example/ab", integrity: `sha256-${"A".repeat(43)}=` },
      from: "442079460123",
      to: "447400100001",
      issuedAt: NOW,
      expiresAt: NOW + 150,
    },
  });
});

test("an agent without a photo is still announced", async () => {
  const rcd = { nam: "Example Bank" };
  const verdict = await verify(await bank.passport({ rcd, rcdi: undefined }));

  expect(verdict).toMatchObject({ ok: true });
});

describe("a passport with one thing wrong is refused with its own code", () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ["another bank", { iss: "evil.example" }, "wrong_bank"],
    ["another app", { aud: "com.other.app" }, "wrong_app"],
    ["another device", { dev: "d-2" }, "wrong_device"],
    ["another direction", { dir: "you_call_bank" }, "wrong_direction"],
    ["a caller id that is not the bank's", { orig: { tn: "442079460999" } }, "wrong_number"],
    ["another customer", { dest: { tn: ["447400100002"] } }, "wrong_customer_number"],
    ["two numbers called", { dest: { tn: ["447400100001", "447400100002"] } }, "bad_claims"],
    ["nobody called", { dest: { tn: [] } }, "bad_claims"],
    ["a number with a plus", { orig: { tn: "+442079460123" } }, "bad_claims"],
    ["from the future", { iat: NOW + 121, exp: NOW + 200 }, "not_yet_valid"],
    ["long past", { iat: NOW - 400, exp: NOW - 120 }, "expired"],
    ["a life over five minutes", { exp: NOW + 301 }, "bad_claims"],
    ["an end before its beginning", { exp: NOW - 1 }, "bad_claims"],
    ["time as text", { iat: String(NOW) }, "bad_claims"],
    ["a fraction of a second", { iat: NOW + 0.5 }, "bad_claims"],
    ["no jti", { jti: undefined }, "bad_claims"],
    ["one digit of match code", { mc: "4" }, "bad_claims"],
    ["a match code that is a number", { mc: 47 }, "bad_claims"],
    ["a photo without its hash", { rcdi: undefined }, "bad_claims"],
    ["a weak photo hash", { rcdi: { "/icn": "sha1-AAAA" } }, "bad_claims"],
    ["no agent", { agt: {} }, "bad_claims"],
    ["an empty reason", { crn: "" }, "bad_claims"],
  ];

  test.each(cases)("%s", async (_name, change, code) => {
    expect(await verify(await bank.passport(change))).toEqual({ ok: false, code });
  });
});

test("a clock that is two minutes wrong is forgiven, and no more", async () => {
  const token = await bank.passport();

  expect(await verify(token, NOW - 120)).toMatchObject({ ok: true });
  expect(await verify(token, NOW + 269)).toMatchObject({ ok: true });
  expect(await verify(token, NOW - 121)).toEqual({ ok: false, code: "not_yet_valid" });
  expect(await verify(token, NOW + 270)).toEqual({ ok: false, code: "expired" });
});

test("of two deliveries of one proof exactly one is accepted", async () => {
  const token = await bank.passport();
  const seen = memoryOnly();
  const both = await Promise.all([
    verifyPassport(token, bank.trust, seen, NOW),
    verifyPassport(token, bank.trust, seen, NOW),
  ]);

  expect(both.filter((verdict) => verdict.ok)).toHaveLength(1);
  expect(both).toContainEqual({ ok: false, code: "replayed" });
});

test("a refused proof does not use up the jti of a genuine one", async () => {
  const seen = memoryOnly();
  await verifyPassport(await bank.passport({ dev: "d-2" }), bank.trust, seen, NOW);

  const verdict = await verifyPassport(await bank.passport(), bank.trust, seen, NOW);

  expect(verdict).toMatchObject({ ok: true });
});
