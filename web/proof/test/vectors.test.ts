/** `vectors/` is written by the server's own code; what it says, this package says. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type BankJwk,
  type Envelope,
  generateReceiptKeys,
  importKeyring,
  type Keyring,
  memoryOnly,
  openSealed,
  peekClaims,
  type Receipt,
  signReceipt,
  type Trust,
  verifyCallUpdate,
  verifyPassport,
  verifyStatus,
} from "../src/index.ts";

interface Case {
  readonly name: string;
  readonly token: string;
  readonly now?: number;
  readonly expect: string;
}

interface Expected {
  readonly iss: string;
  readonly aud: string;
  readonly dev: string;
  readonly orig?: readonly string[];
  readonly dest?: readonly string[];
}

interface BankFile {
  readonly now: number;
  readonly keys: { readonly keys: readonly BankJwk[] };
  readonly expected: Expected;
  readonly cases: readonly Case[];
}

interface SealedCase extends Partial<Pick<Envelope, "type" | "service">> {
  readonly name: string;
  readonly sealed: string;
  readonly device?: string;
  readonly expect: string;
}

function read<T>(name: string): T {
  const file = new URL(`../../../vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

function keyring({ keys }: BankFile, use: string): Promise<Keyring> {
  return importKeyring({ keys: keys.keys.map((jwk) => ({ ...jwk, "ringproof:use": use })) });
}

async function trustOf(file: BankFile, use: string): Promise<Trust> {
  const { iss, aud, dev, orig = [], dest = [] } = file.expected;
  const keys = await keyring(file, use);
  return { bank: { iss, numbers: orig }, appId: aud, deviceId: dev, customerNumbers: dest, keys };
}

const said = (verdict: { ok: true } | { ok: false; code: string }) =>
  verdict.ok ? "ok" : verdict.code;

describe("passport.json", () => {
  const file = read<BankFile & { readonly seen: readonly string[] }>("passport");

  test.each(file.cases)("$name: $expect", async (one) => {
    const now = one.now ?? file.now;
    const seen = memoryOnly();
    for (const jti of file.seen) await seen.remember(jti, now);

    const verdict = await verifyPassport(one.token, await trustOf(file, "proof"), seen, now);

    expect(said(verdict)).toBe(one.expect);
  });
});

describe("update.json", () => {
  const file = read<BankFile>("update");

  test.each(file.cases)("$name: $expect", async (one) => {
    const trust = await trustOf(file, "proof");

    expect(said(await verifyCallUpdate(one.token, trust, one.now ?? file.now))).toBe(one.expect);
  });
});

describe("status.json", () => {
  const file = read<BankFile & { readonly nonce: string }>("status");

  test.each(file.cases)("$name: $expect", async (one) => {
    const trust = await trustOf(file, "status");

    const verdict = await verifyStatus(one.token, trust, file.nonce, one.now ?? file.now);

    expect(verdict.ok ? verdict.status.answer : verdict.code).toBe(one.expect);
  });
});

describe("sealed.json", () => {
  const file = read<
    Pick<Envelope, "type" | "service"> & {
      readonly device: string;
      readonly key: JsonWebKey;
      readonly token: string;
      readonly cases: readonly SealedCase[];
    }
  >("sealed");

  async function deviceKeys(): Promise<CryptoKeyPair> {
    const ecdh = { name: "ECDH", namedCurve: "P-256" };
    const { d: _, ...point } = file.key;
    return {
      privateKey: await crypto.subtle.importKey("jwk", file.key, ecdh, false, ["deriveBits"]),
      publicKey: await crypto.subtle.importKey("jwk", point, ecdh, true, []),
    };
  }

  test.each(file.cases)("$name: $expect", async (one) => {
    const { type, service, device } = { ...file, ...one };

    const opened = await openSealed(
      one.sealed,
      { type, service, deviceId: device },
      await deviceKeys(),
    );

    expect(said(opened)).toBe(one.expect);
    if (opened.ok) expect(opened.token).toBe(file.token);
  });
});

describe("receipt.json: this package writes the very bytes that the server accepts", () => {
  const file = read<{ readonly cases: readonly Case[] }>("receipt");
  const accepted = file.cases.filter((one) => one.expect === "ok");

  test.each(accepted)("$name", async ({ token }) => {
    const { privateKey } = await generateReceiptKeys();
    const claims = peekClaims(token) as unknown as Receipt;

    const ours = await signReceipt(claims, privateKey);

    const signed = (text: string) => text.slice(0, text.lastIndexOf("."));
    expect(signed(ours)).toBe(signed(token));
  });
});
