/** What dials from the agent's browser. Contacts appear by themselves: dialing returns none. */

export interface Contact {
  contactId: string;
  state: "connecting" | "connected" | "ended";
  number: string;
  initiationMethod: string;
}

export interface SoftphoneListener {
  /** Whether the softphone can be used. */
  onReady(ready: boolean): void;
  onContact(contact: Contact): void;
}

export interface Softphone {
  /** Begin to report; the returned function ends it. */
  listen(listener: SoftphoneListener): () => void;
  /** Ask for a call; done means accepted, not answered. Rejects with an `ApiError`. */
  dial(number: string, queueArn: string): Promise<void>;
  hangUp(contactId: string): void;
}
