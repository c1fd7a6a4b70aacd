/** May the agent dial? Asked only where the browser dials: a server that dials needs no such permission. */

import { words } from "../strings.ts";
import { type Check, failed, ok } from "./check.ts";

/** `connect.AgentPermissions.OUTBOUND_CALL`. */
const OUTBOUND_CALL = "outboundCall";

export function permissionCheck(permissions: () => Promise<readonly string[]>): Check {
  const said = words.preflight.permission;
  return {
    id: "permission",
    whoCanFixIt: "administrator",
    async look() {
      const allowed = (await permissions()).includes(OUTBOUND_CALL);
      return allowed ? ok("administrator", said.ok) : failed("administrator", said.missing);
    },
  };
}
