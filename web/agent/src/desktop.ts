/** What the page stands in, such as a CRM: it says whose record is on screen, and whom to call. */

export interface Wish {
  /** Ringproof's id, or any id that the CRM has for the customer. */
  customerId: string;
  /** Which of the customer's numbers; null takes the first. */
  phone: string | null;
  /** False only shows the customer. */
  call: boolean;
}

export interface Desktop {
  /** Begin to tell; the returned function ends it. */
  listen(hear: (wish: Wish) => void): () => void;
  /** Say whether a call is under way, so that a second click can be ignored. */
  busy(busy: boolean): void;
}

/** What the page knows when a call is wished for. */
export interface Known {
  /** A call is under way. */
  busy: boolean;
  /** Everything that a call needs has been answered. */
  ready: boolean;
  /** Whose status the page has, by the id that it was asked with. */
  about: string | null;
  failed: boolean;
  allowed: boolean;
  /** Whom the page shows. */
  shown: string | null;
}

/** Say what becomes of a wish to call now; what stands in the way is on the page, in the server's words. */
export function decide(wish: Wish, known: Known): "wait" | "drop" | "call" {
  if (known.busy || known.shown !== wish.customerId) return "drop";
  if (known.failed) return "drop";
  // In the first moment after a change the status is still that of the customer before.
  if (!known.ready || known.about !== wish.customerId) return "wait";
  return known.allowed ? "call" : "drop";
}
