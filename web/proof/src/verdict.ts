/** Why something from the bank was not believed; the same words in every language of `vectors/`. */
export const CODES = [
  "malformed",
  "wrong_header",
  "unknown_kid",
  "bad_signature",
  "wrong_bank",
  "wrong_app",
  "wrong_device",
  "wrong_direction",
  "wrong_number",
  "wrong_customer_number",
  "not_yet_valid",
  "expired",
  "replayed",
  "wrong_type",
  "cannot_open",
  "bad_padding",
  "wrong_nonce",
  "bad_claims",
] as const;

export type Code = (typeof CODES)[number];

export interface Rejected {
  readonly ok: false;
  readonly code: Code;
}

/** Carries a code from deep inside a check to `judge`; it never leaves this package. */
class Rejection extends Error {
  readonly code: Code;

  constructor(code: Code) {
    super(code);
    this.code = code;
  }
}

export function reject(code: Code): never {
  throw new Rejection(code);
}

export function demand(condition: boolean, code: Code): asserts condition {
  if (!condition) reject(code);
}

/** Turn *check* into a verdict: what it returns is accepted, and anything else it throws is a bug. */
export async function judge<T extends object>(
  check: () => Promise<T>,
): Promise<({ readonly ok: true } & T) | Rejected> {
  try {
    return { ok: true, ...(await check()) };
  } catch (error) {
    if (error instanceof Rejection) return { ok: false, code: error.code };
    throw error;
  }
}
