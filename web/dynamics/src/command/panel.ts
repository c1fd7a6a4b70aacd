/** Hand a call over to the panel, which dials from the agent's browser. */

import { type CustomerRecord, Told } from "../record.ts";
import { words } from "../strings.ts";

/** What the panel listens for; `raiseEvent` takes an event of one's own. */
export const CALL_EVENT = "ringproof.verifiedcall";
const WINDOW = "ringproof-panel";

export interface Raiser {
  raiseEvent(name: string, input: string): Promise<boolean>;
}

export interface Panels {
  /** The Channel Integration Framework on the page; null where no panel is docked. */
  cif: Raiser | null;
  /** Open or focus a window; false where the browser refuses. */
  open(url: string, name: string): boolean;
}

/** Prefer the docked panel; a window of its own shows the customer, and its button calls. */
export async function handOver(record: CustomerRecord, api: string, panels: Panels): Promise<void> {
  const input = JSON.stringify({ entityLogicalName: record.entity, recordId: record.id });
  const taken = await panels.cif?.raiseEvent(CALL_EVENT, input).catch(() => false);
  if (taken) return;
  if (!panels.open(`${api}/dynamics/#customer=${record.id}`, WINDOW)) throw new Told(words.noPanel);
}
