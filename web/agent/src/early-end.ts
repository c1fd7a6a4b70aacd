/** Contacts that ended before anybody spoke: what the gate, or a refusal of Connect, looks like from here. */

import type { Contact, Softphone } from "./softphone.ts";

/** Report each contact that ended without having been connected; the returned function ends it. */
export function onEarlyEnd(softphone: Softphone, happened: () => void): () => void {
  const connected = new Set<string>();
  const onContact = ({ contactId, state }: Contact) => {
    if (state === "connected") connected.add(contactId);
    if (state === "ended" && !connected.delete(contactId)) happened();
  };
  return softphone.listen({ onReady: () => undefined, onContact });
}
