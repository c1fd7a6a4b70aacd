/** Who uses Dynamics, so that the sign-in asks nobody who they are. */

import { withoutBraces } from "../record.ts";
import type { Cif } from "./cif.ts";
import { readInput, textOf } from "./input.ts";

/** Return the user principal name, or null where Dynamics does not tell. */
export async function userName(cif: Cif): Promise<string | null> {
  try {
    const environment = readInput(await cif.getEnvironment());
    const id = textOf(environment, "userId") || textOf(environment, "userid");
    const user = await cif.retrieveRecord("systemuser", withoutBraces(id), "?$select=domainname");
    return textOf(readInput(user), "domainname") || null;
  } catch {
    return null;
  }
}
