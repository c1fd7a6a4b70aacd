/** The agent's contacts, each reported once for every state it comes into. */

import type { Contact } from "../softphone.ts";
import type { Streams, StreamsContact } from "./streams.ts";

export interface Contacts {
  find(contactId: string): StreamsContact | null;
}

/**
 * Begin to watch; ended by `core.terminate`.
 *
 * Every open tab of the agent is told of every contact, and one that signs in again is told once more,
 * so that a contact is known by its id and only a change is news.
 */
export function watchContacts(streams: Streams, tell: (contact: Contact) => void): Contacts {
  const known = new Map<string, { last: Contact; source: StreamsContact }>();

  const note = (source: StreamsContact, state: Contact["state"]) => {
    const contactId = source.getContactId();
    const last = known.get(contactId)?.last;
    if (last?.state === state || last?.state === "ended") return;
    const contact = last ? { ...last, state } : described(source, state);
    known.set(contactId, { last: contact, source });
    tell(contact);
  };

  streams.contact((source) => {
    const look = () => note(source, stateOf(source));
    look();
    source.onConnected(look);
    source.onRefresh(look);
    source.onEnded(() => note(source, "ended"));
    // A contact that is gone has no state any more to be asked for.
    source.onDestroy(() => note(source, "ended"));
  });

  return {
    find: (contactId) => known.get(contactId)?.source ?? null,
  };
}

function described(source: StreamsContact, state: Contact["state"]): Contact {
  return {
    contactId: source.getContactId(),
    state,
    number: plain(source.getInitialConnection().getEndpoint().phoneNumber),
    initiationMethod: source.isInbound() ? "INBOUND" : "OUTBOUND",
  };
}

/** Connect also writes `sip:+442079460123@host`. */
const plain = (number: string | null) => number?.replace(/^sip:|@.*$/g, "") ?? "";

function stateOf(source: StreamsContact): Contact["state"] {
  const type: string = source.getStatus().type;
  if (type === "connected") return "connected";
  return ["ended", "error", "rejected", "missed"].includes(type) ? "ended" : "connecting";
}
