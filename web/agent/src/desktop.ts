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
