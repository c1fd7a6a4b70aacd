import { beforeAll, describe, expect, test } from "vitest";
import { ANSWERS, verifyCallUpdate, verifyStatus } from "../src/index.ts";
import { CALLER, NOW, openTestBank, type TestBank } from "./bank.ts";

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});

const ask = (token: string, nonce = "n-1", now = NOW) =>
  verifyStatus(token, bank.trust, nonce, now);

test("a call update names the call and what became of it", async () => {
  const verdict = await verifyCallUpdate(await bank.update(), bank.trust, NOW);

  const update = { jti: "u-1", callId: "call-1", outcome: "answered" };
  expect(verdict).toEqual({ ok: true, update });
});

test("a call update is good for an hour, for a phone that was away", async () => {
  const token = await bank.update();

  expect(await verifyCallUpdate(token, bank.trust, NOW + 3600)).toMatchObject({ ok: true });
  const late = await verifyCallUpdate(token, bank.trust, NOW + 3721);
  expect(late).toEqual({ ok: false, code: "expired" });
});

test("a call update for another device is refused", async () => {
  const verdict = await verifyCallUpdate(await bank.update({ dev: "d-2" }), bank.trust, NOW);

  expect(verdict).toEqual({ ok: false, code: "wrong_device" });
});

test.each(ANSWERS)("the answer %s is understood", async (answer) => {
  expect(await ask(await bank.status({ answer }))).toEqual({ ok: true, status: { answer } });
});

test("an answer about a call says who is on it", async () => {
  const orig = { tn: "442079460123" };
  const change = { answer: "on_call_with_you", cid: "call-1", orig, since: NOW - 9, ...CALLER };
  const verdict = await ask(await bank.status(change));

  const status = { answer: "on_call_with_you", callId: "call-1", from: orig.tn, since: NOW - 9 };
  expect(verdict).toMatchObject({
    ok: true,
    status: { ...status, caller: { matchCode: "47" } },
  });
});

describe("a status answer with one thing wrong is refused", () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ["to another question", { nonce: "n-2" }, "wrong_nonce"],
    ["to another device", { dev: "d-2" }, "wrong_device"],
    ["good for more than ten seconds", { exp: NOW + 11 }, "bad_claims"],
    ["in an unknown word", { answer: "maybe" }, "bad_claims"],
    ["from long ago", { iat: NOW - 200, exp: NOW - 190 }, "expired"],
  ];

  test.each(cases)("%s", async (_name, change, code) => {
    expect(await ask(await bank.status(change))).toEqual({ ok: false, code });
  });
});

test("the key for proofs cannot sign a status answer", async () => {
  const verdict = await ask(await bank.status({}, "proof"));

  expect(verdict).toEqual({ ok: false, code: "unknown_kid" });
});
