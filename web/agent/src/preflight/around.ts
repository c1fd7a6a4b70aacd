/** What the checks need of the browser around them. */

export interface Gathered {
  /** A server-reflexive candidate was found: a datagram went out, and its answer came back. */
  reflexive: boolean;
  /** The browser reported a server that did not answer. */
  unanswered: boolean;
}

export interface Around {
  /** The origin of this page. */
  origin: string;
  /** False only where the browser knows that there is no network at all. */
  online(): boolean;
  /** False where the frame around this page keeps the microphone from it; null where not told. */
  microphoneAllowedHere(): boolean | null;
  /** Null where the browser does not tell. */
  microphonePermission(): Promise<PermissionState | null>;
  /** How many there are. */
  microphones(): Promise<number>;
  /** Open one and let it go; may ask the agent. Rejects with the browser's `DOMException`. */
  openMicrophone(): Promise<void>;
  /** Resolves when anything answers at *url*, whatever it says. */
  reach(url: string, signal: AbortSignal): Promise<void>;
  /** Resolves at the first server-reflexive candidate, or when the browser has tried everything. */
  gather(stun: readonly string[], signal: AbortSignal): Promise<Gathered>;
  /** Put *url* into a frame out of sight; true when the CCP in it answers, false once aborted. */
  frame(url: string, signal: AbortSignal): Promise<boolean>;
}
