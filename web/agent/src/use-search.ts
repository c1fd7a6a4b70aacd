/** Search as the agent types; only the answer to the latest query counts. */

import { useCallback, useState } from "react";
import type { Api } from "./api.ts";
import { type Loaded, useLoaded } from "./loaded.ts";
import { pause } from "./pause.ts";
import type { CustomerRow } from "./wire.ts";

/** What the server wants at least. */
export const SHORTEST = 2;
const TYPING_MS = 200;

export interface Search {
  query: string;
  results: Loaded<CustomerRow[]> | null;
}

export function useSearch(api: Api, initial: string) {
  const [query, setQuery] = useState(initial);
  const [asked, setAsked] = useState<{ text: string } | null>(null);

  const ask = useCallback(
    async (signal: AbortSignal) => {
      await pause(TYPING_MS, signal);
      return (await api.customers(asked?.text ?? "", signal)).customers;
    },
    [api, asked],
  );
  const results = useLoaded(asked ? ask : null);

  const type = useCallback((text: string) => {
    setQuery(text);
    setAsked(text.trim().length < SHORTEST ? null : { text: text.trim() });
  }, []);
  /** Ask again for what stands in the field. */
  const again = useCallback(() => setAsked((former) => former && { ...former }), []);

  const search: Search = { query, results: asked && results };
  return { search, type, again, show: setQuery };
}
