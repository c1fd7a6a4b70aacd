/** Sample data for the page of states: invented people, numbers of Ofcom's drama range. */

import { type Problem, problem } from "../api.ts";
import { type Attempt, idle, type Order, step } from "../attempt.ts";
import type { ReasonChoices } from "../use-reasons.ts";
import type { PanelModel } from "../view/panel.tsx";
import type { Call, Device, Evt, Me, VerifiedStatus } from "../wire.ts";

export const now = Date.parse("2026-11-23T10:42:20.000Z");
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

export const me: Me = {
  agentId: "a-ayesha",
  name: "Ayesha Khan",
  displayName: "Ayesha, Fraud team",
  roles: ["agent"],
  dialMode: "agent",
  photo: null,
  connectUserArn: "arn:aws:connect:eu-west-2:111122223333:instance/i/agent/ayesha",
  queueArn: "arn:aws:connect:eu-west-2:111122223333:instance/i/queue/outbound",
};

const iphone: Device = {
  deviceId: "d-1",
  platform: "ios",
  pushService: "apns",
  reachable: true,
  notifications: true,
  appVersion: "7.2.0",
  enrolledAt: iso(now - 20 * HOUR),
  lastSeenAt: iso(now - 2 * HOUR),
  isNew: true,
};
const android: Device = {
  ...iphone,
  deviceId: "d-2",
  platform: "android",
  pushService: "fcm",
  enrolledAt: iso(now - 2_000 * HOUR),
  lastSeenAt: iso(now - 60 * HOUR),
  isNew: false,
};

export const status: VerifiedStatus = {
  customerId: "C-1001",
  name: "Maya Okafor",
  language: "en",
  timeZone: "Europe/London",
  localTime: iso(now),
  phones: ["+447700900123"],
  devices: [iphone, android],
  lastReceipt: { evt: "opened", at: iso(now - 300 * HOUR) },
  calling: { allowed: true, code: null, detail: null },
  recentCalls: [
    {
      callId: "3f2c1a90-0000-4000-8000-000000000001",
      state: "ended",
      outcome: "answered",
      at: iso(now - 300 * HOUR),
      reason: "fraud_check",
    },
    {
      callId: "3f2c1a90-0000-4000-8000-000000000002",
      state: "declined",
      outcome: null,
      at: iso(now - 310 * HOUR),
      reason: "card",
    },
  ],
};
export const devices = { iphone, android };

export const reasons: ReasonChoices = {
  default: "fraud_check",
  choices: [
    ["fraud_check", "About a payment you made today"],
    ["card", "About your new card"],
    ["appointment", "The call you asked us for"],
  ].map(([code = "", text = ""]) => {
    return { code, text, label: text, language: "en", minimumAssurance: null };
  }),
};

export const order: Order = {
  callId: "8d4f7c52-6b1e-4f7a-9c3d-2f0a1b5e6d47",
  mode: "agent",
  customerId: status.customerId,
  customerName: status.name,
  phone: "+447700900123",
  reason: "fraud_check",
  reasonText: "About a payment you made today",
  startedAt: now - 14_000,
};

const at = (seconds: number) => iso(order.startedAt + seconds * 1_000);

export const requested: Call = {
  callId: order.callId,
  state: "requested",
  assurance: "none",
  outcome: null,
  code: null,
  detail: null,
  version: 1,
  matchCode: "47",
  mode: "agent",
  customerId: order.customerId,
  reason: { code: order.reason, text: order.reasonText },
  dest: order.phone,
  orig: "+442079460123",
  dial: null,
  receipts: [],
  pushes: [],
  timeline: [{ state: "requested", at: at(0) }],
  requestedAt: at(0),
  dialBefore: at(30),
  contactId: null,
};

const push = { deviceId: "d-1", platform: "ios", verdict: "accepted", reason: "" } as const;

export const receipt = (evt: Evt, seconds: number) => {
  return { deviceId: "d-1", platform: "ios" as const, evt, at: at(seconds), code: null };
};

/** The next version of a call; a change of state goes into its timeline at *seconds*. */
export function next(call: Call, seconds: number, changes: Partial<Call>): Call {
  const moved = changes.state ? [{ state: changes.state, at: at(seconds) }] : [];
  const timeline = [...call.timeline, ...moved];
  return { ...call, ...changes, version: call.version + 1, timeline };
}

export const pushed = next(requested, 0.1, { pushes: [{ ...push, at: at(0.1) }] });
export const announced = next(pushed, 0.6, {
  state: "announced",
  assurance: "acknowledged",
  receipts: [receipt("delivered", 0.6)],
});
export const accepted = next(pushed, 4, { state: "announced", assurance: "accepted" });
export const dialed = next(announced, 0.8, { state: "dialed", contactId: "5a9e0c11-contact" });
export const dialing = next(announced, 0.8, { state: "dialed", mode: "server" });
export const connected = next(dialed, 6, {
  state: "connected",
  receipts: [receipt("delivered", 0.6), receipt("opened", 2)],
});

export const ended = (call: Call, seconds: number, changes: Partial<Call>) =>
  next(call, seconds, { state: "ended", ...changes });
export const said = (call: Call, evt: Evt, seconds: number, changes: Partial<Call> = {}) =>
  next(call, seconds, { receipts: [...call.receipts, receipt(evt, seconds)], ...changes });

/** Let the reducer live through it: *heardAgo* is how long this page has known the last call. */
export function lived(calls: Call[], heardAgo = 3_000): Attempt {
  const begun = step(idle, { type: "started", order });
  return calls.reduce((attempt, call) => {
    return step(attempt, { type: "heard", call, at: now - heardAgo });
  }, begun);
}

export const problems: Record<string, Problem> = {
  inProgress: problem("call_in_progress", {
    status: 409,
    detail: "A call to this customer is already under way. Wait until it has ended.",
    requestId: "01JDB6Z7Q8",
  }),
  unreachable: problem("unreachable", { technical: "TypeError: Failed to fetch" }),
  down: problem("dependency_down", { status: 503, requestId: "01JDB6Z7Q9", retryAfter: 5 }),
  limited: problem("rate_limited", { status: 429, requestId: "01JDB6Z7QA", retryAfter: 12 }),
  stranger: problem("unknown_agent", { status: 403, requestId: "01JDB6Z7QB" }),
  tooLate: problem("too_late_to_cancel", { status: 409, requestId: "01JDB6Z7QC" }),
  gate: problem("gate_stopped"),
};

export const model: PanelModel = {
  now,
  search: { query: status.name, results: null },
  customer: { is: "ready", value: { status, checkedAt: now } },
  phone: order.phone,
  reasons: { is: "ready", value: reasons },
  reason: reasons.choices[0] ?? null,
  softphoneReady: true,
  needsSoftphone: true,
  attempt: idle,
  expired: false,
  findings: [],
  violations: [],
};
