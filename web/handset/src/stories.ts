import type { CardState } from "./engine/card.ts";
import type { PhoneState } from "./engine/phone.ts";

/** Every state that a customer can see, from made-up data: for the eye and for the visual test. */

export const STORY_NOW = new Date(2026, 10, 23, 10, 42).getTime();

export const STORY_BANK = {
  iss: "bank.example",
  name: "Example Bank",
  numbers: ["442079460123"],
  callUs: "+442079460000",
};

export const CALL = {
  callId: "5f0c2a9e-77d1-4a5c-9f51-2f0b8a6a1c11",
  jti: "j-1",
  from: "442079460123",
  caller: {
    bank: "Example Bank",
    agent: "Ayesha, Fraud team",
    reason: "About a payment you made today",
    matchCode: "47",
  },
};

const past = (callId: string, minutes: number, reason: string, outcome: "answered" | "missed") => ({
  callId,
  device: "d-1",
  at: STORY_NOW - minutes * 60_000,
  agent: CALL.caller.agent,
  reason,
  outcome,
});

const BASE: PhoneState = {
  card: undefined,
  report: undefined,
  line: { kind: "idle" },
  history: [
    past("a", 34, "About a payment you made", "answered"),
    past("b", 26 * 60, "Your new card", "missed"),
  ],
  connected: true,
};

const until = STORY_NOW + 150_000;
const sureUntil = STORY_NOW + 10_000;
const announced: CardState = { kind: "announced", until, ...CALL };
const connected: CardState = { kind: "connected", since: STORY_NOW - 247_000, sureUntil, ...CALL };
const number = "+442079460123";
const ringing = { kind: "ringing", leg: "l", number } as const;
const talking = { kind: "talking", leg: "l", number, since: STORY_NOW - 249_000 } as const;

export const STORIES = {
  home: BASE,
  first_day: { ...BASE, history: [] },
  checking: { ...BASE, card: { kind: "checking" } },
  announced: { ...BASE, card: announced },
  announced_ringing: { ...BASE, card: announced, line: ringing },
  connected: { ...BASE, card: connected, line: talking },
  you_called_us: { ...BASE, card: { kind: "you_called_us", sureUntil } },
  not_us: { ...BASE, card: { kind: "not_us", sureUntil }, line: ringing },
  cannot_tell: { ...BASE, card: { kind: "cannot_tell" }, connected: false },
  unverified: { ...BASE, card: { kind: "unverified" } },
  declined: { ...BASE, card: { kind: "declined", ...CALL } },
  call_later: { ...BASE, card: { kind: "call_later", ...CALL } },
  ended_tried: { ...BASE, card: { kind: "ended", at: STORY_NOW, spoke: false, ...CALL } },
  ended_spoke: { ...BASE, card: { kind: "ended", at: STORY_NOW, spoke: true, ...CALL } },
  report: { ...BASE, report: { step: "what" } },
  reported: { ...BASE, report: { step: "thanks" } },
  report_failed: { ...BASE, report: { step: "failed" } },
} satisfies Record<string, PhoneState>;

export type StoryName = keyof typeof STORIES;
