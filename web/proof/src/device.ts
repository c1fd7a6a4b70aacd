import { encodeBase64Url } from "./base64url.ts";
import type { Seconds } from "./claims.ts";
import type { LastHop } from "./seal.ts";
import type { Code } from "./verdict.ts";

/** What a device saw or what its owner did with a proof. */
export type ReceiptEvent =
  | "delivered"
  | "opened"
  | "confirmed"
  | "declined"
  | "call_later"
  | "reported"
  | "unverified";

export interface Receipt {
  readonly cid?: string;
  readonly jti?: string;
  readonly dev: string;
  readonly evt: ReceiptEvent;
  readonly iat: Seconds;
  readonly code?: Code;
}

export interface StatusRequest {
  readonly dev: string;
  readonly aud: string;
  readonly iat: Seconds;
  readonly nonce: string;
}

export interface Report {
  readonly dev: string;
  readonly iat: Seconds;
  readonly jti?: string;
  readonly cid?: string;
  readonly what: string;
}

export interface Enrolment {
  readonly challenge: string;
  readonly platform: "ios" | "android" | "web";
  readonly appId: string;
  readonly pushService: LastHop;
  readonly pushKind: "alert" | "voip";
  readonly pushToken: string;
  readonly environment: "sandbox" | "production";
  readonly sealingKey: JsonWebKey;
  readonly receiptKey: JsonWebKey;
}

type DeviceTyp = "receipt+jwt" | "status-request+jwt" | "report+jwt" | "enrolment+jwt";

const CURVE = "P-256";

/** Make the pair that opens what the bank seals; the private half cannot leave the browser. */
export function generateSealingKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: "ECDH", namedCurve: CURVE }, false, ["deriveBits"]);
}

/** Make the pair that signs what the device says; the private half cannot leave the browser. */
export function generateReceiptKeys(): Promise<CryptoKeyPair> {
  const algorithm = { name: "ECDSA", namedCurve: CURVE };
  return crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
}

/** The public key as the four members an EC JWK needs. */
export async function publicJwk(keys: CryptoKeyPair): Promise<JsonWebKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  return { ...(crv && { crv }), ...(kty && { kty }), ...(x && { x }), ...(y && { y }) };
}

/** A value that is never asked with twice. */
export function freshNonce(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(16)));
}

/** The bank writes its claims with sorted names (RFC 8225 section 9), and so does the device. */
function sortNames(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function part(value: object): string {
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify(value, sortNames)));
}

async function sign(header: object, claims: object, key: CryptoKey): Promise<string> {
  const signed = `${part(header)}.${part(claims)}`;
  const bytes = new TextEncoder().encode(signed);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, bytes);
  return `${signed}.${encodeBase64Url(new Uint8Array(signature))}`;
}

function signAs(typ: DeviceTyp, dev: string, claims: object, key: CryptoKey): Promise<string> {
  return sign({ alg: "ES256", kid: dev, typ }, claims, key);
}

export function signReceipt(receipt: Receipt, key: CryptoKey): Promise<string> {
  return signAs("receipt+jwt", receipt.dev, receipt, key);
}

export function signStatusRequest(request: StatusRequest, key: CryptoKey): Promise<string> {
  return signAs("status-request+jwt", request.dev, request, key);
}

export function signReport(report: Report, key: CryptoKey): Promise<string> {
  return signAs("report+jwt", report.dev, report, key);
}

/** Sign an enrolment with the key that it brings: proof that the device holds it. There is no `kid` yet. */
export function signEnrolment(enrolment: Enrolment, key: CryptoKey): Promise<string> {
  return sign({ alg: "ES256", typ: "enrolment+jwt" }, enrolment, key);
}
