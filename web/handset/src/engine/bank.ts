import {
  type Code,
  freshNonce,
  openSealed,
  type ReceiptEvent,
  type Status,
  signReceipt,
  signReport,
  signStatusRequest,
  verifyStatus,
} from "@ringproof/proof";
import type { BankApi, Reply } from "../device/api.ts";
import type { Inbox } from "./inbox.ts";

/** The proof that a receipt is about. */
export interface About {
  readonly cid?: string;
  readonly jti?: string;
}

/** What this device says to its bank, each word signed by its own key. */
export interface Bank {
  receipt(evt: ReceiptEvent, about: About, code?: Code): Promise<Reply<unknown>>;
  /** Ask "is my bank calling me now?"; undefined when there is no answer to rely on. */
  ask(): Promise<Status | undefined>;
  report(what: string, about: About): Promise<Reply<unknown>>;
}

// The bank waits four seconds for a receipt, and counts it once however often it comes.
const MOST_TRIES = 3;
const BETWEEN_TRIES = 400;

async function insist(send: () => Promise<Reply<unknown>>): Promise<Reply<unknown>> {
  for (let tries = 1; ; tries += 1) {
    const reply = await send();
    if (reply.ok || reply.code !== "offline" || tries === MOST_TRIES) return reply;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES));
  }
}

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

export function talkToBank(
  inbox: Inbox,
  receiptKeys: CryptoKeyPair,
  api: BankApi,
  onGone: () => void,
): Bank {
  const { trust, service, sealingKeys } = inbox;
  const dev = trust.deviceId;
  const key = receiptKeys.privateKey;

  return {
    async receipt(evt, about, code) {
      const claims = { ...about, ...(code && { code }), dev, evt, iat: nowInSeconds() };
      const jws = await signReceipt(claims, key);
      return insist(() => api.receipt(jws));
    },
    async ask() {
      const nonce = freshNonce();
      const question = { aud: trust.appId, dev, iat: nowInSeconds(), nonce };
      const reply = await api.status(await signStatusRequest(question, key));
      if (!reply.ok) {
        if (reply.code === "unknown_device") onGone();
        return undefined;
      }
      const envelope = { type: "status", service, deviceId: dev } as const;
      const opened = await openSealed(reply.body.sealed, envelope, sealingKeys);
      if (!opened.ok) return undefined;
      const verdict = await verifyStatus(opened.token, trust, nonce, nowInSeconds());
      return verdict.ok ? verdict.status : undefined;
    },
    async report(what, about) {
      return api.report(await signReport({ ...about, dev, iat: nowInSeconds(), what }, key));
    },
  };
}
