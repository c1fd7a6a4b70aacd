import type { Claims } from "./jws.ts";
import { type Code, demand, reject } from "./verdict.ts";

/** Whole seconds since the epoch, as in a JWT. */
export type Seconds = number;

// Phones keep time badly: 120 s either way (design section 3).
const SKEW: Seconds = 120;

export function text(value: unknown, most = 256): string {
  const good = typeof value === "string" && value.length > 0 && [...value].length <= most;
  return good ? value : reject("bad_claims");
}

export function optionalText(value: unknown, most = 256): string | undefined {
  return value === undefined ? undefined : text(value, most);
}

export function object(value: unknown): Claims {
  const good = typeof value === "object" && value !== null && !Array.isArray(value);
  return good ? (value as Claims) : reject("bad_claims");
}

/** A telephone number as RFC 8225 writes it: digits only. */
export function digits(value: unknown): string {
  return typeof value === "string" && /^[1-9][0-9]{6,14}$/.test(value)
    ? value
    : reject("bad_claims");
}

export function seconds(value: unknown): Seconds {
  return Number.isSafeInteger(value) && (value as number) > 0
    ? (value as number)
    : reject("bad_claims");
}

export function equal(value: unknown, wanted: string, otherwise: Code): void {
  demand(typeof value === "string", "bad_claims");
  demand(value === wanted, otherwise);
}

export interface Lifetime {
  readonly issuedAt: Seconds;
  readonly expiresAt: Seconds;
}

/** Read `iat` and `exp`, which may be at most *longest* apart, and judge them at *now*. */
export function lifetime(claims: Claims, now: Seconds, longest: Seconds): Lifetime {
  const issuedAt = seconds(claims["iat"]);
  const expiresAt = seconds(claims["exp"]);
  demand(expiresAt > issuedAt && expiresAt - issuedAt <= longest, "bad_claims");
  demand(issuedAt <= now + SKEW, "not_yet_valid");
  demand(now < expiresAt + SKEW, "expired");
  return { issuedAt, expiresAt };
}
