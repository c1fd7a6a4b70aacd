import { lifetime, type Seconds, text } from "./claims.ts";
import { verifyCompact } from "./jws.ts";
import { demandAddressed, type Trust } from "./trust.ts";
import { judge, type Rejected } from "./verdict.ts";

/** The bank's word that a call is over. */
export interface CallUpdate {
  readonly jti: string;
  readonly callId: string;
  readonly outcome: string;
}

export type UpdateVerdict = { readonly ok: true; readonly update: CallUpdate } | Rejected;

// An end notice may be delivered for an hour, so that a phone that was offline loses its green card.
const LONGEST: Seconds = 3600;

/** Judge a call update at *now*. It can only end a card, so a repeat is harmless. */
export function verifyCallUpdate(
  token: string,
  trust: Trust,
  now: Seconds,
): Promise<UpdateVerdict> {
  return judge(async () => {
    const claims = await verifyCompact(token, "call-update+jwt", trust.keys);
    demandAddressed(claims, trust);
    lifetime(claims, now, LONGEST);
    const update = {
      jti: text(claims["jti"]),
      callId: text(claims["cid"]),
      outcome: text(claims["outcome"]),
    };
    return { update };
  });
}
