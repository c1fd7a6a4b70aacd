/** What must survive a reload or a new sign-in, in this tab only. */

import type { Order } from "./attempt.ts";

export interface Draft {
  query: string;
  customerId: string | null;
  phone: string | null;
  reason: string | null;
  /** The call that is under way. */
  order: Order | null;
  /** Contacts whose violation notice the agent has put away. */
  dismissed: string[];
}

const KEY = "ringproof.agent.draft";
const blank: Draft = {
  query: "",
  customerId: null,
  phone: null,
  reason: null,
  order: null,
  dismissed: [],
};

export function loadDraft(): Draft {
  try {
    return { ...blank, ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Draft>) };
  } catch {
    return blank;
  }
}

export function saveDraft(changes: Partial<Draft>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...loadDraft(), ...changes }));
  } catch {
    // Storage that is full or forbidden costs only the comfort after a reload.
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEY);
}
