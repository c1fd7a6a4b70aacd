/** What a phone's operating system gives to an app: here simulators stand behind, there Apple or Google. */

/** A push as it reaches the app, whoever carried it. */
export interface PushMessage {
  readonly type: string;
  readonly sealed: string;
}

export interface PushService {
  /** Ask for this installation's token, resuming *known* where the service still has it. */
  register(known: string | undefined): Promise<string>;
  /** Tell the service that the app was removed: the token is dead from now. */
  unregister(): void;
  close(): void;
}

export interface PushEvents {
  readonly onMessage: (message: PushMessage) => void;
  readonly onConnected: (connected: boolean) => void;
}

/** The telephone itself. It knows nothing of the bank, and the bank's app nothing of what it hears. */
export type LineState =
  | { readonly kind: "idle" }
  | { readonly kind: "ringing"; readonly leg: string; readonly number: string }
  | { readonly kind: "calling"; readonly leg?: string; readonly number: string }
  | {
      readonly kind: "talking";
      readonly leg: string;
      readonly number: string;
      readonly since: number;
    };

export interface TelephoneLine {
  answer(): void;
  hangUp(): void;
  call(number: string): void;
  close(): void;
}
