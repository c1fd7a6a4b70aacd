/** What a check of the agent's browser asks, and what it can find. */

export type CheckId = "session" | "permission" | "microphone" | "signalling" | "media" | "origin";

/** Who can put right what a check found. */
export type Fixer = "you" | "administrator";

export interface Finding {
  id: CheckId;
  state: "ok" | "failed" | "unknown" | "checking";
  /** What was found, and what to do about it. */
  sentence: string;
  whoCanFixIt: Fixer;
}

export interface Verdict extends Omit<Finding, "id"> {
  state: "ok" | "failed" | "unknown";
}

export interface Look {
  /** The agent has just pressed a button, so the browser may ask them something. */
  clicked: boolean;
  /** Aborted when nobody waits any longer. */
  signal: AbortSignal;
}

export interface Check {
  id: CheckId;
  whoCanFixIt: Fixer;
  /** Find out; what it throws is never taken for good news. */
  look(at: Look): Promise<Verdict>;
  /** Longest wait, in milliseconds, where the usual one does not do. */
  waitMs?: number;
  /** What silence means; without it, nothing is known. */
  late?: Verdict;
  /** Report that the answer may have changed; the returned function ends it. */
  watch?(changed: () => void): () => void;
}

const verdict =
  (state: Verdict["state"]) =>
  (whoCanFixIt: Fixer, sentence: string): Verdict => ({ state, sentence, whoCanFixIt });

export const ok = verdict("ok");
export const failed = verdict("failed");
export const unknown = verdict("unknown");
