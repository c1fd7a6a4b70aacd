/** What dials from the agent's browser. Contacts appear by themselves: dialing returns none. */

import type { Problem } from "./api.ts";

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
  /** It cannot carry the sound of a contact, such as without a microphone. */
  onTrouble?(problem: Problem): void;
}

export interface Softphone {
  /** Begin to report; the returned function ends it. */
  listen(listener: SoftphoneListener): () => void;
  /** Ask for a call; done means accepted, not answered. Rejects with an `ApiError`. */
  dial(number: string, queueArn: string): Promise<void>;
  hangUp(contactId: string): void;
  /** What the agent sees and uses of it; without it there is nothing to see. */
  panel?: SoftphonePanel;
  /** What the agent may do, as `connect.AgentPermissions` spells it; without it, that is not told. */
  permissions?(): Promise<readonly string[]>;
}

/** A softphone that stands in a frame of the page. */
export interface SoftphonePanel {
  /** Open it in *place*; the returned function closes it. */
  open(place: HTMLElement): () => void;
  /** Let the agent sign in to it; to be called when they press a button, or no window opens. */
  signIn(): void;
}
