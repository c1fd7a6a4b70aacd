import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { type Bytes, decodeBase64Url } from "./base64url.ts";
import { demand, judge, type Rejected, reject } from "./verdict.ts";

/** What is sealed. */
export type SealedType = "call_verification" | "call_update" | "status";

/** The last hop to the device, also when another service carried it there. */
export type LastHop = "apns" | "fcm" | "webpush";

export interface Envelope {
  readonly type: SealedType;
  readonly service: LastHop;
  readonly deviceId: string;
}

export type Opened = { readonly ok: true; readonly token: string } | Rejected;

const ENC_BYTES = 65;
// One size for everything: length tells an observer nothing.
const PLAINTEXT_BYTES = 2048;

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

function infoOf({ type, service, deviceId }: Envelope): Bytes {
  return new TextEncoder().encode(`ringproof/1|${type}|${service}|${deviceId}`);
}

async function decrypt(raw: Bytes, keys: CryptoKeyPair, info: Bytes): Promise<ArrayBuffer> {
  try {
    // Chromium can use a non-extractable private key only with its public key beside it.
    const recipientKey = { privateKey: keys.privateKey, publicKey: keys.publicKey };
    const enc = raw.slice(0, ENC_BYTES);
    const context = await suite.createRecipientContext({ recipientKey, enc, info });
    return await context.open(raw.slice(ENC_BYTES));
  } catch {
    // Which of the steps failed is nobody's business.
    return reject("cannot_open");
  }
}

function unpad(plaintext: ArrayBuffer): string {
  demand(plaintext.byteLength === PLAINTEXT_BYTES, "bad_padding");
  const padded = new TextDecoder("latin1").decode(plaintext);
  const token = /^([!-~]+) *$/.exec(padded)?.[1];
  return token ?? reject("bad_padding");
}

/** Open *sealed* (base64url of `enc` ‖ ciphertext, RFC 9180) and return the token inside. */
export function openSealed(
  sealed: string,
  envelope: Envelope,
  keys: CryptoKeyPair,
): Promise<Opened> {
  return judge(async () => {
    const raw = decodeBase64Url(sealed) ?? reject("cannot_open");
    return { token: unpad(await decrypt(raw, keys, infoOf(envelope))) };
  });
}
