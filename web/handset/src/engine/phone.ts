import type { Announcement, CallUpdate } from "@ringproof/proof";
import type { PastCall } from "../device/vault.ts";
import { createStore, type Store } from "../store.ts";
import type { ReportReason } from "../strings.ts";
import type { About, Bank } from "./bank.ts";
import { type CardEvent, type CardState, isLive, isPerishable, next } from "./card.ts";
import type { Arrival } from "./inbox.ts";
import type { LineState, PushMessage } from "./ports.ts";

/** A report on its way: one tap has counted already, the rest is detail. */
export type ReportState = { readonly step: "what" | "thanks" | "failed" } & About;

export interface PhoneState {
  readonly card: CardState | undefined;
  readonly report: ReportState | undefined;
  readonly line: LineState;
  readonly history: readonly PastCall[];
  readonly connected: boolean;
}

/** What the phone needs of the world. */
export interface Around {
  readonly bank: Bank;
  receive(message: PushMessage): Promise<Arrival>;
  remember(call: PastCall): Promise<readonly PastCall[]>;
  /** Resolves when the page is in front of somebody. */
  seen(): Promise<void>;
  readonly deviceId: string;
}

export interface Phone {
  readonly store: Store<PhoneState>;
  onPush(message: PushMessage): void;
  onLine(line: LineState): void;
  onTime(now: number): void;
  ask(): Promise<void>;
  refuse(how: "declined" | "call_later"): void;
  startReport(): void;
  finishReport(what: ReportReason): Promise<void>;
  dismiss(): void;
}

// A call that is about to be answered must turn green soon; what is green, and any other answer, only
// has to be asked again before its ten seconds are over. The bank takes 60 questions a minute.
const ANNOUNCED_EVERY = 1_000;
const ANSWER_EVERY = 3_000;

const FIRST: PhoneState = {
  card: undefined,
  report: undefined,
  line: { kind: "idle" },
  history: [],
  connected: false,
};

function about(card: CardState | undefined): About {
  if (!card || !("callId" in card)) return {};
  return { cid: card.callId, ...(card.jti !== undefined && { jti: card.jti }) };
}

/** Run the phone: pushes, time and the person go in, one card comes out. */
export function startPhone(around: Around, history: readonly PastCall[]): Phone {
  const { bank, deviceId } = around;
  const store = createStore<PhoneState>({ ...FIRST, history });
  const card = () => store.get().card;
  let asking = false;
  let askedAt = 0;
  let pushes: Promise<void> = Promise.resolve();

  function dispatch(event: CardEvent) {
    const before = card();
    const after = next(before, event);
    if (after === before) return;
    store.set({ card: after });
    if (after?.kind === "ended" && isLive(before)) void keep(after.callId, after.spoke);
  }

  async function keep(callId: string, spoke: boolean) {
    const call = store.get().history.find((known) => known.callId === callId);
    if (!call) return;
    const outcome = spoke ? ("answered" as const) : ("missed" as const);
    store.set({ history: await around.remember({ ...call, outcome }) });
  }

  async function announce(announcement: Announcement) {
    const { callId, jti, agent, reason } = announcement;
    const proof = { cid: callId, jti };
    // On its way before anyone sees the card: the bank dials on this receipt.
    const delivered = bank.receipt("delivered", proof);
    dispatch({ type: "announced", announcement });
    const call = { callId, device: deviceId, at: Date.now(), agent, reason } as const;
    store.set({ history: await around.remember({ ...call, outcome: "live" }) });
    await around.seen();
    await delivered;
    if (isLive(card())) await bank.receipt("opened", proof);
  }

  async function update(over: CallUpdate) {
    dispatch({ type: "update", update: over, at: Date.now() });
    await keep(over.callId, over.outcome === "answered");
  }

  async function distrust(arrival: Extract<Arrival, { kind: "unverified" }>) {
    const { cid, jti, code } = arrival;
    const shown = about(card()).jti;
    // A push service may deliver twice; the same notice again is no news.
    if (code === "replayed" && jti !== undefined && jti === shown) return;
    dispatch({ type: "unverified" });
    // A receipt must name a proof; what could not be opened has no name.
    if (cid !== undefined && jti !== undefined)
      await bank.receipt("unverified", { cid, jti }, code);
  }

  async function handle(message: PushMessage) {
    const arrival = await around.receive(message);
    if (arrival.kind === "announcement") void announce(arrival.announcement);
    if (arrival.kind === "update") void update(arrival.update);
    if (arrival.kind === "unverified") void distrust(arrival);
  }

  async function check() {
    if (asking) return;
    asking = true;
    askedAt = Date.now();
    const status = await bank.ask().finally(() => {
      asking = false;
    });
    dispatch(status ? { type: "answer", status, askedAt } : { type: "no_answer" });
  }

  async function ask() {
    dispatch({ type: "asked" });
    await check();
  }

  function startReport() {
    const reported = about(card());
    store.set({ report: { step: "what", ...reported } });
    const proof = reported.jti !== undefined;
    void (proof ? bank.receipt("reported", reported) : bank.report("reported", reported));
    if (card()?.kind !== "connected") dispatch({ type: "dismissed" });
  }

  return {
    store,
    ask,
    startReport,
    onPush: (message) => {
      // One after the other, so that an end notice cannot overtake its announcement.
      pushes = pushes.then(() => handle(message)).catch(() => dispatch({ type: "unverified" }));
    },
    onLine: (line) => {
      const rings = line.kind === "ringing" && store.get().line.kind === "idle";
      store.set({ line });
      // A call that nobody announced: say at once whether it is the bank.
      if (rings && !isLive(card())) void ask();
    },
    onTime: (now) => {
      dispatch({ type: "time", now });
      const every = card()?.kind === "announced" ? ANNOUNCED_EVERY : ANSWER_EVERY;
      if (isPerishable(card()) && now - askedAt >= every) void check();
    },
    refuse: (how) => {
      const proof = about(card());
      dispatch({ type: "refused", how });
      // What the bank has not heard, it will not heed.
      void bank.receipt(how, proof).then((reply) => {
        if (!reply.ok) dispatch({ type: "not_heard" });
      });
    },
    finishReport: async (what) => {
      const { report } = store.get();
      if (!report) return;
      const { step: _, ...proof } = report;
      const reply = await bank.report(what, proof);
      store.set({ report: { ...report, step: reply.ok ? "thanks" : "failed" } });
    },
    dismiss: () => {
      if (store.get().report) store.set({ report: undefined });
      else dispatch({ type: "dismissed" });
    },
  };
}
