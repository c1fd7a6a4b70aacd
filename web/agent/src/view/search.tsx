/** Find a customer by name, id or number. */

import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import { phone } from "../format.ts";
import { words } from "../strings.ts";
import { type Search, SHORTEST } from "../use-search.ts";
import type { CustomerRow } from "../wire.ts";

interface Props {
  search: Search;
  type: (text: string) => void;
  searchAgain: () => void;
  choose: (row: CustomerRow | null) => void;
}

export function SearchField({ search, type, searchAgain, choose }: Props) {
  const { query, results } = search;
  const rows = results?.is === "ready" ? results.value : [];
  const short = query.trim().length < SHORTEST;
  return (
    <FormField label={words.search.label} stretch>
      <Autosuggest
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
        empty={short ? words.search.more : words.search.none(query.trim())}
        filteringResultsText={(count) => words.search.results(count)}
        onLoadItems={({ detail }) => detail.samePage === false || searchAgain()}
        onChange={({ detail }) => {
          type(detail.value);
          if (!detail.value) choose(null);
        }}
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

function status(results: Search["results"]) {
  if (results?.is === "loading") return "loading";
  return results?.is === "failed" ? "error" : "finished";
}
