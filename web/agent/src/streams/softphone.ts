/** The softphone of Amazon Connect: its own CCP in a frame of this page, driven by Streams. */

import type { Problem } from "../api.ts";
import type { Contact, Softphone, SoftphoneListener } from "../softphone.ts";
import { type Contacts, watchContacts } from "./contacts.ts";
import { dialWith } from "./dial.ts";
import { failure, softphoneTrouble } from "./failures.ts";
import { loginWindow } from "./login-window.ts";
import { ccpOptions } from "./options.ts";
import { watchSession } from "./session.ts";
import { type Agent, loadStreams, type Streams } from "./streams.ts";

export interface StreamsAround {
  load(): Promise<Streams>;
  /** Open the CCP in a window of its own, where the agent signs in. */
  openWindow(url: string): { close(): void };
}

const browser: StreamsAround = { load: loadStreams, openWindow: loginWindow };

const nothing = () => undefined;

export function streamsSoftphone(ccpUrl: string, around = browser): Softphone {
  const listeners = new Set<SoftphoneListener>();
  const waiting = new Set<(agent: Agent) => void>();
  let streams: Streams | null = null;
  let agent: Agent | null = null;
  let contacts: Contacts | null = null;
  let signedIn: boolean | null = null;
  let signingIn: { close(): void } | null = null;
  let tryAgain: () => void = nothing;

  const ready = () => signedIn === true;
  const onContact = (contact: Contact) => {
    for (const each of [...listeners]) each.onContact(contact);
  };
  const onTrouble = (problem: Problem) => {
    for (const each of [...listeners]) each.onTrouble?.(problem);
  };
  const onSession = (now: boolean) => {
    if (now) {
      signingIn?.close();
      signingIn = null;
    }
    signedIn = now;
    for (const each of [...listeners]) each.onReady(now);
  };
  const onAgent = (known: Agent) => {
    agent = known;
    known.onSoftphoneError((error) => onTrouble(softphoneTrouble(error)));
    for (const tell of waiting) tell(known);
    waiting.clear();
  };

  const begin = (loaded: Streams, place: HTMLElement) => {
    streams = loaded;
    loaded.core.initCCP(place, ccpOptions(ccpUrl));
    contacts = watchContacts(loaded, onContact);
    watchSession(loaded, onAgent, onSession);
    // By then Streams has loaded the frame ten times, and does so no more.
    loaded.core.getEventBus().subscribe("iframe_retries_exhausted", () => {
      tryAgain = () => {
        end(place);
        begin(loaded, place);
      };
    });
  };
  const end = (place: HTMLElement) => {
    streams?.core.terminate();
    // Streams leaves the frame behind, and with it a CCP that goes on ringing.
    place.replaceChildren();
    streams = agent = contacts = signedIn = null;
    tryAgain = nothing;
    for (const each of [...listeners]) each.onReady(false);
  };

  return {
    listen(listener) {
      listeners.add(listener);
      listener.onReady(ready());
      return () => {
        listeners.delete(listener);
      };
    },

    async dial(number, queueArn) {
      if (!streams || signedIn === null || !agent) throw failure("softphone_down");
      if (!signedIn) throw failure("ccp_session_expired");
      await dialWith(agent, streams, { number, queueArn });
    },

    hangUp(contactId) {
      contacts?.find(contactId)?.getAgentConnection().destroy();
    },

    panel: {
      open(place) {
        let closed = false;
        around
          .load()
          .then((loaded) => closed || begin(loaded, place))
          .catch((error: unknown) => onTrouble(failure("softphone_down", String(error)).problem));
        return () => {
          closed = true;
          end(place);
        };
      },
      signIn() {
        signingIn = around.openWindow(ccpUrl);
        tryAgain();
      },
    },

    async permissions() {
      const known = agent ?? (await new Promise<Agent>((tell) => waiting.add(tell)));
      return known.getPermissions();
    },
  };
}
