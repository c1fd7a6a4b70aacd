/** What the agents' part of the HTTP API says, as JSON. */

export type CallState =
  | "requested"
  | "announced"
  | "dialed"
  | "connected"
  | "ended"
  | "refused"
  | "declined"
  | "cancelled"
  | "abandoned";
export type Assurance = "none" | "fallback" | "accepted" | "acknowledged";
export type Outcome =
  | "answered"
  | "no_answer"
  | "busy"
  | "declined"
  | "screened"
  | "voicemail"
  | "failed"
  | "unconfirmed";
export type DialMode = "server" | "agent";
export type Platform = "ios" | "android" | "web";
export type Evt =
  | "delivered"
  | "opened"
  | "confirmed"
  | "declined"
  | "call_later"
  | "reported"
  | "unverified";

export interface Receipt {
  deviceId: string;
  /** Null once the device was removed. */
  platform: Platform | null;
  evt: Evt;
  at: string;
  code: string | null;
}

export interface PushNote {
  deviceId: string;
  platform: Platform | null;
  verdict: string;
  reason: string;
  at: string;
}

export interface Dial {
  phone: string;
  queueArn: string;
  before: string;
}

export interface Call {
  callId: string;
  state: CallState;
  assurance: Assurance;
  outcome: Outcome | null;
  code: string | null;
  detail: string | null;
  version: number;
  matchCode: string | null;
  mode: DialMode;
  customerId: string;
  reason: { code: string; text: string };
  dest: string;
  orig: string;
  dial: Dial | null;
  receipts: Receipt[];
  pushes: PushNote[];
  timeline: { state: CallState; at: string }[];
  requestedAt: string;
  dialBefore: string;
  contactId: string | null;
}

export interface Me {
  agentId: string;
  name: string;
  displayName: string;
  roles: string[];
  dialMode: DialMode;
  photo: string | null;
  connectUserArn: string;
  queueArn: string;
}

export interface CustomerRow {
  customerId: string;
  name: string;
  phones: string[];
  language: string;
  timeZone: string;
}

export interface Device {
  deviceId: string;
  platform: Platform;
  pushService: string;
  reachable: boolean;
  notifications: boolean;
  appVersion: string;
  enrolledAt: string;
  lastSeenAt: string | null;
  isNew: boolean;
}

export interface RecentCall {
  callId: string;
  state: CallState;
  outcome: Outcome | null;
  at: string;
  /** The catalogue's code. */
  reason: string;
}

export interface VerifiedStatus {
  customerId: string;
  name: string;
  language: string;
  timeZone: string;
  localTime: string;
  phones: string[];
  devices: Device[];
  lastReceipt: { evt: Evt; at: string } | null;
  calling: { allowed: boolean; code: string | null; detail: string | null };
  recentCalls: RecentCall[];
}

export interface Reason {
  code: string;
  text: string;
  minimumAssurance: Assurance | null;
}

export interface Reasons {
  default: string;
  reasons: Reason[];
}

/** What was done about a contact that went round verified calling. */
export type Done = "blocked" | "stopped" | "warned" | "recorded" | "not_stopped";

export interface Violation {
  contactId: string;
  code: string;
  done: Done;
  at: string;
  /** Masked. */
  number: string | null;
  /** What happened, what was done, and what to do. */
  detail: string | null;
}

export interface CallOrder {
  callId: string;
  customerId: string;
  /** Undefined takes the customer's first. */
  phone?: string | undefined;
  /** Undefined takes the deployment's default. */
  reason?: string | undefined;
}
