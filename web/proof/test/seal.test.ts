import { beforeAll, expect, test } from "vitest";
import { type Envelope, openSealed } from "../src/index.ts";
import { openTestBank, seal, type TestBank } from "./bank.ts";

const ENVELOPE: Envelope = { type: "call_verification", service: "apns", deviceId: "d-1" };
const INFO = "ringproof/1|call_verification|apns|d-1";

let bank: TestBank;
let token: string;
beforeAll(async () => {
  bank = await openTestBank();
  token = await bank.passport();
});

const sealed = (plaintext: string, info = INFO) => seal(plaintext, bank.deviceKeys.publicKey, info);
const open = (text: string, envelope = ENVELOPE) => openSealed(text, envelope, bank.deviceKeys);

test("what was sealed to this device opens on it, with keys that cannot be exported", async () => {
  expect(bank.deviceKeys.privateKey.extractable).toBe(false);
  expect(await open(await sealed(token.padEnd(2048)))).toEqual({ ok: true, token });
});

test.each([
  { type: "call_update" },
  { service: "fcm" },
  { deviceId: "d-2" },
] satisfies Partial<Envelope>[])("another %o cannot open it", async (change) => {
  const verdict = await open(await sealed(token.padEnd(2048)), { ...ENVELOPE, ...change });

  expect(verdict).toEqual({ ok: false, code: "cannot_open" });
});

test("one changed bit cannot be opened", async () => {
  const text = await sealed(token.padEnd(2048));
  const flipped = text.slice(0, 200) + (text[200] === "A" ? "B" : "A") + text.slice(201);

  expect(await open(flipped)).toEqual({ ok: false, code: "cannot_open" });
});

test.each([
  ["no padding", (text: string) => text],
  ["one byte too many", (text: string) => text.padEnd(2049)],
  ["zeros for spaces", (text: string) => text.padEnd(2048, "\0")],
  ["something after the spaces", (text: string) => `${text.padEnd(2047)}x`],
])("%s is bad padding", async (_name, pad) => {
  expect(await open(await sealed(pad(token)))).toEqual({ ok: false, code: "bad_padding" });
});

test.each(["", "AAAA", "not base64url!"])("%j cannot be opened", async (text) => {
  expect(await open(text)).toEqual({ ok: false, code: "cannot_open" });
});
