import { type Bytes, decodeBase64Url } from "./base64url.ts";
import type { Keyring, KeyUse } from "./keyring.ts";
import { demand, reject } from "./verdict.ts";

/** What the bank signs. */
export type BankTyp = "passport" | "call-update+jwt" | "status+jwt";

export type Claims = Readonly<Record<string, unknown>>;

interface Compact {
  readonly header: Bytes;
  readonly head: Claims;
  readonly payload: Bytes;
  readonly signature: Bytes;
  readonly signed: Bytes;
}

const MAX_BYTES = 2000;
// 64 bytes of r‖s are 86 characters. The form comes first because JOSE libraries are lax about it.
const FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/;

function split(token: string): Compact {
  demand(token.length <= MAX_BYTES && FORM.test(token), "malformed");
  const [header, payload, signature] = token.split(".").map(decodeBase64Url);
  const head = header && parseObject(header);
  if (!header || !head || !payload || !signature) reject("malformed");
  const signed = new TextEncoder().encode(token.slice(0, token.lastIndexOf(".")));
  return { header, head, payload, signature, signed };
}

function decode(bytes: Bytes): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function parseObject(bytes: Bytes): Claims | undefined {
  try {
    const value: unknown = JSON.parse(decode(bytes));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inOrder((value as Claims)[name])]));
}

/** Read claims as RFC 8225 section 9 has them written: names in order, none twice, no white space. */
function readClaims(payload: Bytes): Claims {
  const claims = parseObject(payload) ?? reject("bad_claims");
  // A name that occurs twice, and any other spelling, does not survive being written again.
  demand(JSON.stringify(inOrder(claims)) === decode(payload), "bad_claims");
  return claims;
}

/** The one header a token of *typ* can have. Nothing is negotiated, so nothing can be downgraded. */
function exactHeader(typ: BankTyp, kid: string): string {
  const ppt = typ === "passport" ? `"ppt":"rcd",` : "";
  return `{"alg":"ES256","kid":${JSON.stringify(kid)},${ppt}"typ":"${typ}"}`;
}

function kidOf({ header, head }: Compact, typ: BankTyp): string {
  const kid = head["kid"];
  demand(typeof kid === "string", "wrong_header");
  demand(head["typ"] === typ, "wrong_type");
  demand(decode(header) === exactHeader(typ, kid), "wrong_header");
  return kid;
}

/** Return the claims of *token* if it is strictly a *typ* signed by a key of *keys* that may sign it. */
export async function verifyCompact(token: string, typ: BankTyp, keys: Keyring): Promise<Claims> {
  const parts = split(token);
  const use: KeyUse = typ === "status+jwt" ? "status" : "proof";
  const found = keys.get(kidOf(parts, typ));
  if (found?.use !== use) reject("unknown_kid");
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const genuine = await crypto.subtle.verify(algorithm, found.key, parts.signature, parts.signed);
  demand(genuine, "bad_signature");
  return readClaims(parts.payload);
}

/** Read claims without believing them, only to tell the bank which proof could not be verified. */
export function peekClaims(token: string): Claims {
  const payload = decodeBase64Url(token.split(".")[1] ?? "");
  return (payload && parseObject(payload)) ?? {};
}
