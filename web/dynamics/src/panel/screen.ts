/** Which customer's record is on the agent's screen. */

import { type CustomerRecord, isCustomerEntity, withoutBraces } from "../record.ts";
import { type Input, textOf } from "./input.ts";

/** Read the record from the address of a page of Dynamics; null where it shows no customer. */
export function recordAt(address: string): CustomerRecord | null {
  const page = URL.parse(address)?.searchParams;
  const entity = page?.get("etn") ?? "";
  const id = withoutBraces(page?.get("id") ?? "");
  return isCustomerEntity(entity) && id ? { entity, id } : null;
}

/** Find the record in what `onpagenavigate` or `getEnvironment` says. */
export function recordIn(input: Input): CustomerRecord | null {
  const addresses = ["value", "currentUrl", "pageUrl", "appUrl"].map((name) => textOf(input, name));
  return addresses.map(recordAt).find((each) => each !== null) ?? null;
}
