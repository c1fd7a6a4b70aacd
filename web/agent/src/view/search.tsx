/** Find a customer by name, id or number. */

import Autosuggest, { type AutosuggestProps } from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import type { Ref } from "react";
import { phone } from "../format.ts";
import { words } from "../strings.ts";
import { type Search, SHORTEST } from "../use-search.ts";
import type { CustomerRow } from "../wire.ts";

interface Props {
  field: Ref<AutosuggestProps.Ref>;
  search: Search;
  type: (text: string) => void;
  searchAgain: () => void;
  choose: (row: CustomerRow) => void;
}

export function SearchField({ field, search, type, searchAgain, choose }: Props) {
  const { query, results } = search;
  const rows = results?.is === "ready" ? results.value : [];
  return (
    <FormField label={words.search.label} stretch>
      <Autosuggest
        ref={field}
        value={query}
        placeholder={words.search.placeholder}
        filteringType="manual"
        hideEnteredTextOption
        options={rows.map(option)}
        statusType={status(results)}
        loadingText={words.search.loading}
        errorText={words.search.failed}
        recoveryText={words.search.again}
        clearAriaLabel={words.search.clear}
        empty={words.search.more}
        filteringResultsText={(count) => foot(query.trim(), count)}
        onLoadItems={({ detail }) => {
          if (detail.samePage) searchAgain();
        }}
        onChange={({ detail }) => type(detail.value)}
        onSelect={({ detail }) => {
          const row = rows.find((each) => each.customerId === detail.selectedOption?.value);
          if (row) choose(row);
        }}
      />
    </FormField>
  );
}

function option({ customerId, name, phones }: CustomerRow) {
  const description = phones.map(phone).join(", ");
  return { value: customerId, label: name, labelTag: customerId, description };
}

function foot(query: string, count: number): string {
  if (query.length < SHORTEST) return words.search.more;
  return count === 0 ? words.search.none(query) : words.search.results(count);
}

function status(results: Search["results"]) {
  if (results?.is === "loading") return "loading";
  return results?.is === "failed" ? "error" : "finished";
}
