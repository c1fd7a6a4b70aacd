/** A bank for tests: it signs and seals as `design.md` section 3 fixes it, and as it must never be. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { encodeBase64Url } from "../src/base64url.ts";
import { generateSealingKeys, importKeyring, type Trust } from "../src/index.ts";

export const NOW = 1_800_000_000;

type Json = Record<string, unknown>;

export interface TestBank {
  readonly trust: Trust;
  readonly deviceKeys: CryptoKeyPair;
  passport(change?: Json, header?: Json): Promise<string>;
  update(change?: Json): Promise<string>;
  status(change?: Json, kid?: string): Promise<string>;
  sign(header: string, payload: string, kid: string): Promise<string>;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

export function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}

const json = (value: Json) => JSON.stringify(sorted(value));

const caller = {
  rcd: { nam: "Example Bank", icn: "https://photos.example/ab" },
  rcdi: { "/icn": `sha256-${"A".repeat(43)}=` },
  agt: { nam: "Ayesha" },
  crn: "About a payment you made",
  mc: "47",
};

const addressed = { iss: "bank.example", aud: "com.examplebank.app", dev: "d-1" };

const PASSPORT = {
  ...addressed,
  ...caller,
  cid: "call-1",
  dest: { tn: ["447400100001"] },
  dir: "bank_calls_you",
  exp: NOW + 150,
  iat: NOW,
  jti: "j-1",
  orig: { tn: "442079460123" },
};

export async function openTestBank(): Promise<TestBank> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const make = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const pairs: Record<string, CryptoKeyPair> = { proof: await make(), status: await make() };
  const jwk = async (kid: string) => {
    const pair = pairs[kid];
    if (!pair) throw new Error(kid);
    const material = await crypto.subtle.exportKey("jwk", pair.publicKey);
    return { ...material, kid, use: "sig", "ringproof:use": kid };
  };
  const keys = await importKeyring({ keys: [await jwk("proof"), await jwk("status")] });

  async function sign(header: string, payload: string, kid: string): Promise<string> {
    const key = pairs[kid]?.privateKey;
    if (!key) throw new Error(kid);
    const signed = `${encodeBase64Url(utf8(header))}.${encodeBase64Url(utf8(payload))}`;
    const es256 = { name: "ECDSA", hash: "SHA-256" };
    const signature = await crypto.subtle.sign(es256, key, utf8(signed));
    return `${signed}.${encodeBase64Url(new Uint8Array(signature))}`;
  }

  const head = (typ: string, kid: string, rest: Json = {}) =>
    json({ alg: "ES256", kid, typ, ...rest });

  return {
    trust: {
      bank: { iss: addressed.iss, numbers: ["442079460123"] },
      appId: addressed.aud,
      deviceId: addressed.dev,
      customerNumbers: ["447400100001"],
      keys,
    },
    deviceKeys: await generateSealingKeys(),
    sign,
    passport: (change = {}, header = {}) =>
      sign(
        head("passport", "proof", { ppt: "rcd", ...header }),
        json({ ...PASSPORT, ...change }),
        "proof",
      ),
    update: (change = {}) => {
      const life = { iat: NOW, exp: NOW + 3600 };
      const claims = { ...addressed, ...life, cid: "call-1", jti: "u-1", outcome: "answered" };
      return sign(head("call-update+jwt", "proof"), json({ ...claims, ...change }), "proof");
    },
    status: (change = {}, kid = "status") => {
      const claims = { ...addressed, nonce: "n-1", iat: NOW, exp: NOW + 10, answer: "not_us" };
      return sign(head("status+jwt", kid), json({ ...claims, ...change }), kid);
    },
  };
}

export const CALLER = caller;

/** Seal *plaintext* as the bank does, with no opinion about what it is. */
export async function seal(plaintext: string, publicKey: CryptoKey, info: string): Promise<string> {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const sender = await suite.createSenderContext({
    recipientPublicKey: publicKey,
    info: utf8(info),
  });
  const ciphertext = await sender.seal(utf8(plaintext));
  return encodeBase64Url(
    new Uint8Array([...new Uint8Array(sender.enc), ...new Uint8Array(ciphertext)]),
  );
}
