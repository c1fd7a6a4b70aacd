/** What we use of amazon-connect-streams, which is the vendor's own package, unmodified. */

export type Agent = Pick<
  connect.Agent,
  "connect" | "getPermissions" | "onRefresh" | "onSoftphoneError"
>;

export type StreamsContact = Pick<
  connect.Contact,
  | "getContactId"
  | "getStatus"
  | "getInitialConnection"
  | "getAgentConnection"
  | "isInbound"
  | "onRefresh"
  | "onConnected"
  | "onEnded"
  | "onDestroy"
>;

/** A part of the `connect` global, typed by the package's own types. */
export interface Streams {
  core: Pick<connect.Core, "initCCP" | "terminate" | "getEventBus">;
  agent(callback: (agent: Agent) => void): unknown;
  contact(callback: (contact: StreamsContact) => void): unknown;
  Endpoint: Pick<typeof connect.Endpoint, "byPhoneNumber">;
}

/** Load it when it is first needed: it is larger than the rest of the page. */
export async function loadStreams(): Promise<Streams> {
  await import("./package.ts");
  return window.connect;
}

declare global {
  interface Window {
    /** The package exports nothing; it makes this global. */
    connect: typeof connect;
  }
}
