/** The Channel Integration Framework as a test needs it. */

import type { Cif, Handler } from "../src/panel/cif.ts";

/** Show a page whose record has *columns*; *slow* holds every answer about a record back. */
export function framework(columns: Record<string, string>, pageUrl: string, slow?: Promise<void>) {
  const handlers = new Map<string, Handler>();
  const asked: string[] = [];
  const modes: number[] = [];
  let on = false;
  const cif: Cif = {
    setClickToAct: async (value) => {
      on = value;
    },
    addHandler: (event, handler) => handlers.set(event, handler),
    retrieveRecord: async (entity, id, query) => {
      asked.push(`${entity} ${id} ${query}`);
      await slow;
      return JSON.stringify(columns);
    },
    getEnvironment: async () => JSON.stringify({ userId: "{AAAA}", pageUrl }),
    setMode: async (mode) => void modes.push(mode),
  };
  const raise = (event: string, input: unknown) =>
    handlers.get(event)?.(input) ?? Promise.reject(new Error(`nobody listens to ${event}`));
  return { cif, raise, asked, modes, clickToAct: () => on };
}
