/** A small CCP behind the part of the `connect` global that we use: it does what a test says. */

import type { Agent, Streams, StreamsContact } from "../src/streams/streams.ts";

type Happen = () => void;
type Said = { success?: Happen; failure?: (error: string) => void; queueARN?: string };

/** Whoever subscribes to something, called when it happens. */
class Subscribers<T extends unknown[]> {
  private readonly each = new Set<(...told: T) => void>();

  add(callback: (...told: T) => void) {
    this.each.add(callback);
    return { unsubscribe: () => this.each.delete(callback) };
  }

  clear() {
    this.each.clear();
  }

  tell(...told: T) {
    for (const callback of this.each) callback(...told);
  }
}

export class FakeContact implements StreamsContact {
  readonly changed = new Subscribers<[connect.Contact]>();
  readonly gone = new Subscribers<[connect.Contact]>();
  readonly id: string;
  readonly number: string;
  state: string;
  hungUp = false;

  constructor(id: string, number: string, state = "connecting") {
    this.id = id;
    this.number = number;
    this.state = state;
  }

  move(state: string) {
    this.state = state;
    this.changed.tell(this as unknown as connect.Contact);
  }

  getContactId = () => this.id;
  getStatus = () => ({ type: this.state }) as unknown as connect.ContactState;
  isInbound = () => false;
  getInitialConnection = () => {
    const endpoint = { phoneNumber: this.number };
    return { getEndpoint: () => endpoint } as unknown as connect.BaseConnection;
  };
  getAgentConnection = () => {
    const destroy = () => {
      this.hungUp = true;
    };
    return { destroy } as unknown as connect.BaseConnection;
  };
  onRefresh = (callback: connect.ContactCallback) => this.changed.add(callback);
  onConnected = (callback: connect.ContactCallback) => this.changed.add(callback);
  onEnded = (callback: connect.ContactCallback) =>
    this.changed.add((contact) => this.state === "ended" && callback(contact));
  onDestroy = (callback: connect.ContactCallback) => this.gone.add(callback);
}

export class FakeAgent implements Agent {
  permissions = ["outboundCall"];
  dials: { number: string; options: Said }[] = [];
  answer: (options: Said) => void = ({ success }) => success?.();
  readonly refreshed = new Subscribers<[connect.Agent]>();
  readonly troubled = new Subscribers<[connect.SoftphoneError]>();

  connect = (endpoint: connect.Endpoint, options?: connect.ConnectOptions) => {
    const said = options as Said;
    this.dials.push({ number: endpoint.phoneNumber, options: said });
    this.answer(said);
  };
  getPermissions = () => this.permissions;
  onRefresh = (callback: connect.AgentCallback) => this.refreshed.add(callback);
  onSoftphoneError = (callback: connect.SoftphoneErrorCallback) => this.troubled.add(callback);
}

export class FakeStreams implements Streams {
  readonly opened: connect.InitCCPOptions[] = [];
  terminated = 0;
  private readonly events = new Map<string, Subscribers<[]>>();
  private readonly agents = new Subscribers<[Agent]>();
  private readonly contacts = new Subscribers<[StreamsContact]>();

  core = {
    initCCP: (_: HTMLElement, options: connect.InitCCPOptions) => void this.opened.push(options),
    terminate: () => this.forget(),
    getEventBus: () => this.bus,
  };
  Endpoint = {
    byPhoneNumber: (phoneNumber: string) => ({ phoneNumber }) as unknown as connect.Endpoint,
  };
  agent = (callback: (agent: Agent) => void) => this.agents.add(callback);
  contact = (callback: (contact: StreamsContact) => void) => this.contacts.add(callback);

  private forget() {
    this.terminated++;
    this.events.clear();
    this.agents.clear();
    this.contacts.clear();
  }

  signIn(agent: Agent) {
    this.agents.tell(agent);
  }

  show(contact: StreamsContact) {
    this.contacts.tell(contact);
  }

  happen(event: string) {
    this.events.get(event)?.tell();
  }

  private readonly bus = {
    subscribe: (name: string, callback: Happen) => {
      const subscribers = this.events.get(name) ?? new Subscribers<[]>();
      this.events.set(name, subscribers);
      return subscribers.add(callback);
    },
  } as unknown as connect.EventBus;
}
