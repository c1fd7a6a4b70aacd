/** A window of its own, whose address says which customer to show; it never calls by itself. */

import type { Desktop } from "@ringproof/agent/desktop.ts";
import { withoutBraces } from "../record.ts";

export function windowDesktop(page: Window = window): Desktop {
  return {
    listen(hear) {
      const tell = () => {
        const id = new URLSearchParams(page.location.hash.slice(1)).get("customer");
        if (id) hear({ customerId: withoutBraces(id), phone: null, call: false });
      };
      tell();
      page.addEventListener("hashchange", tell);
      return () => page.removeEventListener("hashchange", tell);
    },
    busy: () => undefined,
  };
}
