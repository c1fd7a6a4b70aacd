import { digits, equal, lifetime, object, optionalText, type Seconds, text } from "./claims.ts";
import { type Claims, verifyCompact } from "./jws.ts";
import type { ReplayMemory } from "./replay.ts";
import { demandAddressed, type Trust } from "./trust.ts";
import { demand, judge, type Rejected, reject } from "./verdict.ts";

export interface Photo {
  readonly url: string;
  /** `sha256-<base64>` of the picture's bytes (RFC 9795 `rcdi`). */
  readonly integrity: string;
}

/** Who in the bank is calling, and why; shared by the proof and by a status answer. */
export interface Caller {
  readonly bank: string;
  readonly agent: string;
  readonly reason: string;
  readonly matchCode: string;
  readonly photo?: Photo;
}

/** A genuine promise that the bank is about to call this customer on this device. */
export interface Announcement extends Caller {
  readonly jti: string;
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly issuedAt: Seconds;
  readonly expiresAt: Seconds;
}

export type Verdict = { readonly ok: true; readonly announcement: Announcement } | Rejected;

// Issued with 150 s; a bank may be more generous, but never more than this.
const LONGEST: Seconds = 300;

function photo(claims: Claims, rcd: Claims): Photo | undefined {
  const url = optionalText(rcd["icn"], 512);
  if (url === undefined) return undefined;
  const integrity = text(object(claims["rcdi"])["/icn"]);
  demand(/^sha256-[A-Za-z0-9+/]{43}=$/.test(integrity), "bad_claims");
  return { url, integrity };
}

export function caller(claims: Claims): Caller {
  const rcd = object(claims["rcd"]);
  const matchCode = text(claims["mc"]);
  demand(/^[0-9]{2}$/.test(matchCode), "bad_claims");
  const picture = photo(claims, rcd);
  return {
    bank: text(rcd["nam"]),
    agent: text(object(claims["agt"])["nam"]),
    reason: text(claims["crn"]),
    matchCode,
    ...(picture && { photo: picture }),
  };
}

function numbers(claims: Claims, trust: Trust): { from: string; to: string } {
  const from = digits(object(claims["orig"])["tn"]);
  const called = object(claims["dest"])["tn"];
  // RFC 8225 section 5.2.1 allows several destinations; a call of ours has one.
  const only = Array.isArray(called) && called.length === 1 ? called[0] : reject("bad_claims");
  const to = digits(only);
  demand(trust.bank.numbers.includes(from), "wrong_number");
  demand(trust.customerNumbers.includes(to), "wrong_customer_number");
  return { from, to };
}

function read(claims: Claims, trust: Trust, now: Seconds): Announcement {
  demandAddressed(claims, trust);
  equal(claims["dir"], "bank_calls_you", "wrong_direction");
  return {
    jti: text(claims["jti"]),
    callId: text(claims["cid"]),
    ...caller(claims),
    ...numbers(claims, trust),
    ...lifetime(claims, now, LONGEST),
  };
}

/**
 * Judge a PASSporT (RFC 8225, RFC 9795) at *now*.
 *
 * The replay memory is asked last, so that a forged token cannot use up the `jti` of a genuine one.
 */
export function verifyPassport(
  token: string,
  trust: Trust,
  seen: ReplayMemory,
  now: Seconds,
): Promise<Verdict> {
  return judge(async () => {
    const claims = await verifyCompact(token, "passport", trust.keys);
    const announcement = read(claims, trust, now);
    demand(await seen.remember(announcement.jti, now), "replayed");
    return { announcement };
  });
}
