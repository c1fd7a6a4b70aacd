import {
  type Announcement,
  type CallUpdate,
  type Code,
  type LastHop,
  openSealed,
  peekClaims,
  type ReplayMemory,
  type SealedType,
  type Trust,
  verifyCallUpdate,
  verifyPassport,
} from "@ringproof/proof";
import type { PushMessage } from "./ports.ts";

/** What a push turned out to be. */
export type Arrival =
  | { readonly kind: "announcement"; readonly announcement: Announcement }
  | { readonly kind: "update"; readonly update: CallUpdate }
  | {
      readonly kind: "unverified";
      readonly code: Code;
      readonly cid?: string;
      readonly jti?: string;
    }
  /** An announcement of a call that is over: a push service delivered it after the end notice. */
  | { readonly kind: "over" }
  | { readonly kind: "unknown" };

export interface Inbox {
  readonly trust: Trust;
  readonly service: LastHop;
  readonly sealingKeys: CryptoKeyPair;
  readonly seen: ReplayMemory;
}

function unverified(code: Code, token = ""): Arrival {
  const { cid, jti } = peekClaims(token);
  return {
    kind: "unverified",
    code,
    ...(typeof cid === "string" && { cid }),
    ...(typeof jti === "string" && { jti }),
  };
}

/** What the end of a call is remembered by, beside the proofs; no `jti` has a space. */
function endOf(callId: string): string {
  return `end ${callId}`;
}

function isSealedType(type: string): type is Exclude<SealedType, "status"> {
  return type === "call_verification" || type === "call_update";
}

/** Open and judge *message*; a type that this version does not know is no reason for alarm. */
export async function receive(inbox: Inbox, message: PushMessage, now: number): Promise<Arrival> {
  const { trust, service, sealingKeys, seen } = inbox;
  const { type } = message;
  if (!isSealedType(type)) return { kind: "unknown" };
  const envelope = { type, service, deviceId: trust.deviceId };
  const opened = await openSealed(message.sealed, envelope, sealingKeys);
  if (!opened.ok) return unverified(opened.code);
  const { token } = opened;
  if (type === "call_update") {
    const verdict = await verifyCallUpdate(token, trust, now);
    if (!verdict.ok) return unverified(verdict.code, token);
    await seen.remember(endOf(verdict.update.callId), now);
    return { kind: "update", update: verdict.update };
  }
  const verdict = await verifyPassport(token, trust, seen, now);
  if (!verdict.ok) return unverified(verdict.code, token);
  if (await seen.knows(endOf(verdict.announcement.callId))) return { kind: "over" };
  return { kind: "announcement", announcement: verdict.announcement };
}
