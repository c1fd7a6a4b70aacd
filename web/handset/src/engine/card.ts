import type { Announcement, Caller, CallUpdate, Status } from "@ringproof/proof";

export type Millis = number;

interface Known {
  readonly callId: string;
  readonly jti?: string;
  readonly caller: Caller;
  readonly from?: string;
}

/** The one thing that the bank, or the lack of it, says now. Each kind is a row of `ux.md`. */
export type CardState =
  | { readonly kind: "checking" }
  | ({ readonly kind: "announced"; readonly until: Millis } & Known)
  | ({ readonly kind: "connected"; readonly since: Millis; readonly sureUntil: Millis } & Known)
  | { readonly kind: "you_called_us"; readonly sureUntil: Millis }
  | { readonly kind: "not_us"; readonly sureUntil: Millis }
  | { readonly kind: "cannot_tell" }
  | { readonly kind: "unverified" }
  | ({ readonly kind: "declined" | "call_later" } & Known)
  | ({ readonly kind: "ended"; readonly at: Millis; readonly spoke: boolean } & Known);

export type CardEvent =
  | { readonly type: "announced"; readonly announcement: Announcement }
  | { readonly type: "answer"; readonly status: Status; readonly askedAt: Millis }
  | { readonly type: "no_answer" }
  | { readonly type: "not_heard" }
  | { readonly type: "asked" }
  | { readonly type: "update"; readonly update: CallUpdate; readonly at: Millis }
  | { readonly type: "unverified" }
  | { readonly type: "refused"; readonly how: "declined" | "call_later" }
  | { readonly type: "time"; readonly now: Millis }
  | { readonly type: "dismissed" };

type Card = CardState | undefined;
type Live = Extract<CardState, { kind: "announced" | "connected" }>;

// The bank stands by an answer for ten seconds after it was asked.
const ANSWER_GOOD: Millis = 10_000;
// A call that a status answer tells of has no proof here, so no end of its own: dialing and ringing.
const CALL_GOOD: Millis = 90_000;

export function isLive(card: Card): card is Live {
  return card?.kind === "announced" || card?.kind === "connected";
}

/** A card that claims something about the present. */
function isClaim(card: Card): boolean {
  return isLive(card) || card?.kind === "not_us" || card?.kind === "you_called_us";
}

/** A card that must be asked about again: to stay true, or to become an answer at last. */
export function isPerishable(card: Card): boolean {
  return isClaim(card) || card?.kind === "cannot_tell";
}

function announced(announcement: Announcement): CardState {
  const { callId, jti, from, expiresAt } = announcement;
  return { kind: "announced", callId, jti, from, caller: announcement, until: expiresAt * 1000 };
}

function known({ callId, jti, caller, from }: Known): Known {
  return { callId, caller, ...(jti !== undefined && { jti }), ...(from !== undefined && { from }) };
}

function callOf(card: Card, { callId, caller, from }: Status): Known | undefined {
  if (isLive(card) && (callId === undefined || callId === card.callId)) return known(card);
  if (callId === undefined || !caller) return undefined;
  return { callId, caller, ...(from !== undefined && { from }) };
}

function connected(card: Card, status: Status, askedAt: Millis): CardState {
  const call = callOf(card, status);
  if (!call) return { kind: "cannot_tell" };
  const same = card?.kind === "connected" && card.callId === call.callId;
  const told = status.since === undefined ? askedAt : status.since * 1000;
  const since = same ? card.since : Math.min(told, askedAt);
  return { kind: "connected", ...call, since, sureUntil: askedAt + ANSWER_GOOD };
}

function answered(card: Card, status: Status, askedAt: Millis): Card {
  if (status.answer === "on_call_with_you") return connected(card, status, askedAt);
  // A live card ends by its end notice or its time, never because an answer is unsure.
  if (isLive(card) || card?.kind === "declined" || card?.kind === "call_later") return card;
  if (card?.kind === "ended") return card;
  const sureUntil = askedAt + ANSWER_GOOD;
  switch (status.answer) {
    case "calling_you": {
      const call = callOf(card, status);
      const until = askedAt + CALL_GOOD;
      return call ? { kind: "announced", ...call, until } : { kind: "cannot_tell" };
    }
    case "you_called_us":
      return { kind: "you_called_us", sureUntil };
    case "not_us":
      return { kind: "not_us", sureUntil };
    case "cannot_tell":
      return { kind: "cannot_tell" };
  }
}

function updated(card: Card, update: CallUpdate, at: Millis): Card {
  if (!isLive(card) || card.callId !== update.callId) return card;
  return { kind: "ended", ...known(card), at, spoke: update.outcome === "answered" };
}

function aged(card: Card, now: Millis): Card {
  if (card?.kind === "announced" && now >= card.until)
    return { kind: "ended", ...known(card), at: now, spoke: false };
  // Never green or red when in doubt.
  if (card && "sureUntil" in card && now >= card.sureUntil) return { kind: "cannot_tell" };
  return card;
}

/** Say what the card shows after *event*. Green comes from here alone: a fresh `on_call_with_you`. */
export function next(card: Card, event: CardEvent): Card {
  switch (event.type) {
    case "announced":
      return card?.kind === "connected" ? card : announced(event.announcement);
    case "answer":
      return answered(card, event.status, event.askedAt);
    case "no_answer":
      return card === undefined || card.kind === "checking" ? { kind: "cannot_tell" } : card;
    case "not_heard":
      return card?.kind === "declined" || card?.kind === "call_later"
        ? { kind: "cannot_tell" }
        : card;
    case "asked":
      return isClaim(card) ? card : { kind: "checking" };
    case "update":
      return updated(card, event.update, event.at);
    case "unverified":
      return isLive(card) ? card : { kind: "unverified" };
    case "refused":
      return isLive(card) ? { kind: event.how, ...known(card) } : card;
    case "time":
      return aged(card, event.now);
    case "dismissed":
      return undefined;
  }
}
