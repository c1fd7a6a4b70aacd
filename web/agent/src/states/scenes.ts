/** Every state of the panel, by name. */

import { type AttemptEvent, step } from "../attempt.ts";
import type { PanelModel } from "../view/panel.tsx";
import type { VerifiedStatus } from "../wire.ts";
import { findings, violations } from "./before-calls.ts";
import * as sample from "./samples.ts";

const { model, status, lived, next, ended, said, problems } = sample;
const { requested, pushed, announced, accepted, dialing, dialed, connected } = sample;

const known = (changes: Partial<VerifiedStatus>): Partial<PanelModel> => ({
  customer: { is: "ready", value: { status: { ...status, ...changes }, checkedAt: sample.now } },
});
const shown = (...calls: Parameters<typeof lived>[0]): Partial<PanelModel> => ({
  attempt: lived(calls),
});
const after = (calls: Parameters<typeof lived>[0], ...events: AttemptEvent[]) => ({
  attempt: events.reduce(step, lived(calls)),
});
const failed = (name: string) => {
  const problem = problems[name] ?? sample.problems["down"];
  if (!problem) throw new Error(name);
  return problem;
};
const refusal = (name: string) =>
  after([], {
    type: "refused",
    callId: sample.order.callId,
    problem: failed(name),
    at: sample.now,
  });

const changes: Record<string, Partial<PanelModel>> = {
  // Before the press.
  empty: { customer: null, search: { query: "", results: null } },
  "customer-loading": { customer: { is: "loading" } },
  "customer-failed": { customer: { is: "failed", problem: failed("limited") } },
  ready: {},
  "two-numbers": known({ phones: ["+447700900123", "+442079460987"] }),
  "reasons-loading": { reasons: { is: "loading" }, reason: null },
  "reasons-failed": { reasons: { is: "failed", problem: failed("unreachable") }, reason: null },
  "softphone-lost": { softphoneReady: false },
  "no-devices": known({
    devices: [],
    lastReceipt: null,
    recentCalls: [],
    calling: { allowed: false, code: "no_reachable_device", detail: null },
  }),
  "notifications-off": known({
    devices: [
      { ...sample.devices.iphone, reachable: false, notifications: false, isNew: false },
      { ...sample.devices.android, reachable: false, lastSeenAt: null },
    ],
    calling: { allowed: false, code: "no_reachable_device", detail: null },
  }),
  "quiet-hours": known({
    timeZone: "Pacific/Auckland",
    calling: {
      allowed: false,
      code: "quiet_hours",
      detail: "It is quiet time for the customer. Call after 08:00 there.",
    },
  }),
  "session-expired": { expired: true },

  // The browser's preflight, and calls that went round it.
  "preflight-checking": { findings: findings.checking },
  "preflight-ready": { findings: findings.ready },
  "preflight-busy": { findings: findings.busy },
  "preflight-failed": { findings: findings.failed },
  "preflight-unknown": { findings: findings.unknown },
  "violation-blocked": { violations: violations.blocked },
  "violations-in-call": { ...shown(dialed), violations: violations.several },

  // Under way.
  starting: { attempt: lived([]) },
  notifying: shown(requested),
  "notifying-pushed": shown(pushed),
  "on-phone": shown(announced),
  "on-phone-unconfirmed": shown(accepted),
  calling: shown(dialing),
  "calling-unconfirmed": shown(next(dialing, 5, { outcome: "unconfirmed" })),
  ringing: shown(dialed),
  connected: shown(connected),
  "reported-in-call": shown(said(connected, "reported", 9)),
  "reported-while-ringing": shown(said(dialed, "reported", 2)),
  cancelling: after([announced], { type: "cancelAsked" }),
  "cancel-failed": after([dialed], { type: "cancelFailed", problem: failed("tooLate") }),
  "connection-lost": after([dialed], { type: "lost" }),
  "session-expired-in-call": { ...shown(dialed), expired: true },

  // Over.
  answered: shown(ended(connected, 74, { outcome: "answered" })),
  "no-answer": shown(ended(dialed, 46, { outcome: "no_answer" })),
  busy: shown(ended(dialed, 2, { outcome: "busy" })),
  "declined-ring": shown(ended(dialed, 4, { outcome: "declined" })),
  screened: shown(ended(dialed, 4, { outcome: "screened" })),
  voicemail: shown(ended(dialed, 20, { outcome: "voicemail" })),
  failed: shown(ended(dialing, 2, { outcome: "failed", code: "dialer_throttled" })),
  unconfirmed: shown(ended(dialing, 900, { outcome: "unconfirmed" })),
  "not-now": shown(announced, said(announced, "declined", 2, { state: "declined" })),
  "call-me-later": shown(announced, said(announced, "call_later", 2, { state: "declined" })),
  "declined-while-ringing": shown(
    dialed,
    ended(said(dialed, "declined", 2), 3, { outcome: "no_answer" }),
  ),
  reported: shown(announced, said(announced, "reported", 2, { state: "declined" })),
  cancelled: shown(next(announced, 2, { state: "cancelled" })),
  abandoned: shown(next(announced, 35, { state: "abandoned" })),
  "not-announced": shown(
    next(
      { ...pushed, pushes: pushed.pushes.map((each) => ({ ...each, verdict: "unavailable" })) },
      4,
      { state: "refused", code: "not_announced" },
    ),
  ),
  "assurance-too-low": shown(next(pushed, 4, { state: "refused", code: "assurance_too_low" })),
  "gate-stopped": after(
    [announced],
    { type: "dialFailed", problem: failed("gate") },
    { type: "heard", call: next(announced, 2, { state: "cancelled" }), at: sample.now },
  ),
  "call-in-progress": refusal("inProgress"),
  unreachable: refusal("unreachable"),
  "dependency-down": refusal("down"),
};

export const scenes: [string, PanelModel][] = Object.entries(changes).map(([name, change]) => [
  name,
  { ...model, ...change },
]);
