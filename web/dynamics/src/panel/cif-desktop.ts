/** Dynamics around the panel: its record on screen, clicks on numbers, and the command on the form. */

import type { Desktop, Wish } from "@ringproof/agent/desktop.ts";
import { CALL_EVENT } from "../command/panel.ts";
import { type CustomerRecord, customerRecord, Told } from "../record.ts";
import { words } from "../strings.ts";
import type { Cif } from "./cif.ts";
import { clicked } from "./click-to-act.ts";
import { readInput, textOf } from "./input.ts";
import { recordIn } from "./screen.ts";

/** Listen to Dynamics; *say* is given a sentence when a click leads nowhere, and null when one does. */
export async function cifDesktop(
  cif: Cif,
  say: (sentence: string | null) => void,
): Promise<Desktop> {
  let onScreen: CustomerRecord | null = null;
  let hear: ((wish: Wish) => void) | null = null;
  let placing = false;
  let busy = false;

  const show = (record: CustomerRecord | null) => {
    onScreen = record;
    if (record) hear?.({ customerId: record.id, phone: null, call: false });
  };

  /** Resolves in any case: a handler that rejects would leave the click to Dynamics' own dial. */
  const act = async (read: () => Wish | Promise<Wish>) => {
    if (placing || busy) return;
    placing = true;
    try {
      void cif.setMode(1);
      const wish = await read();
      if (!hear) throw new Told(words.signInFirst);
      hear(wish);
      say(null);
    } catch (error) {
      say(error instanceof Told ? error.message : words.notRead);
    } finally {
      placing = false;
    }
  };

  cif.addHandler("onclicktoact", (input) => act(() => clicked(cif, input, onScreen)));
  cif.addHandler("onpagenavigate", async (input) => show(recordIn(readInput(input))));
  cif.addHandler(CALL_EVENT, (input) => act(() => pressed(input)));
  await cif.setClickToAct(true);
  show(recordIn(readInput(await cif.getEnvironment())));

  return {
    listen(ears) {
      hear = ears;
      if (onScreen) show(onScreen);
      return () => {
        hear = null;
      };
    },
    busy(now) {
      busy = now;
    },
  };
}

/** Read what the command on the form hands over. */
function pressed(input: unknown): Wish {
  const said = readInput(input);
  const record = customerRecord(textOf(said, "entityLogicalName"), textOf(said, "recordId"));
  return { customerId: record.id, phone: null, call: true };
}
