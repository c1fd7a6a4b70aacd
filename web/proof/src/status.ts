import { digits, equal, lifetime, object, optionalText, type Seconds, seconds } from "./claims.ts";
import { type Claims, verifyCompact } from "./jws.ts";
import { type Caller, caller } from "./passport.ts";
import { demandAddressed, type Trust } from "./trust.ts";
import { judge, type Rejected, reject } from "./verdict.ts";

export const ANSWERS = [
  "calling_you",
  "on_call_with_you",
  "you_called_us",
  "not_us",
  "cannot_tell",
] as const;

export type Answer = (typeof ANSWERS)[number];

/** The bank's answer to "is my bank calling me now?". */
export interface Status {
  readonly answer: Answer;
  readonly callId?: string;
  readonly caller?: Caller;
  /** The number that the bank calls from, digits only. */
  readonly from?: string;
  /** When the call was connected, or asked for if it is not yet. */
  readonly since?: Seconds;
}

export type StatusVerdict = { readonly ok: true; readonly status: Status } | Rejected;

// How long an answer says something about the present.
const LONGEST: Seconds = 10;

function answer(value: unknown): Answer {
  return ANSWERS.find((known) => known === value) ?? reject("bad_claims");
}

function read(claims: Claims): Status {
  const callId = optionalText(claims["cid"]);
  return {
    answer: answer(claims["answer"]),
    ...(callId !== undefined && { callId }),
    ...(claims["rcd"] !== undefined && { caller: caller(claims) }),
    ...(claims["orig"] !== undefined && { from: digits(object(claims["orig"])["tn"]) }),
    ...(claims["since"] !== undefined && { since: seconds(claims["since"]) }),
  };
}

/**
 * Judge a status answer to the question that carried *nonce*.
 *
 * The nonce makes it fresh; the clock check allows for a phone that is two minutes wrong, so the
 * asker must also drop the answer ten seconds after it asked.
 */
export function verifyStatus(
  token: string,
  trust: Trust,
  nonce: string,
  now: Seconds,
): Promise<StatusVerdict> {
  return judge(async () => {
    const claims = await verifyCompact(token, "status+jwt", trust.keys);
    demandAddressed(claims, trust);
    equal(claims["nonce"], nonce, "wrong_nonce");
    lifetime(claims, now, LONGEST);
    return { status: read(claims) };
  });
}
