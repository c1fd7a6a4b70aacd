/** A click on a number: the clicked text is never dialed, the record's own number is read again. */

import type { Wish } from "@ringproof/agent/desktop.ts";
import { type CustomerRecord, Told } from "../record.ts";
import { words } from "../strings.ts";
import type { Cif } from "./cif.ts";
import { readInput, textOf } from "./input.ts";

/** The logical name of a column. */
const COLUMN = /^[a-z][a-z0-9_]{0,99}$/;

/** Read which number was meant, from the record that is on screen. */
export async function clicked(
  cif: Pick<Cif, "retrieveRecord">,
  input: unknown,
  onScreen: CustomerRecord | null,
): Promise<Wish> {
  const said = readInput(input);
  const column = textOf(said, "name");
  const entity = textOf(said, "entityLogicalName");
  // A quick view shows a number of another record, which the event does not name.
  if (!onScreen || entity !== onScreen.entity) throw new Told(words.noRecord);
  if (!COLUMN.test(column)) throw new Told(words.noNumber);
  const answer = await cif.retrieveRecord(entity, onScreen.id, `?$select=${column}`);
  const phone = textOf(readInput(answer), column).trim();
  if (phone === "") throw new Told(words.noNumber);
  return { customerId: onScreen.id, phone, call: true };
}
