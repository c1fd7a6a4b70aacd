/** The solution's environment variables, which an administrator sets for each environment. */

import { Told } from "./record.ts";
import { words } from "./strings.ts";
import type { WebApi } from "./xrm.ts";

export const VARIABLES = {
  api: "rp_ApiAddress",
  clientId: "rp_ClientId",
  tenant: "rp_TenantId",
  scope: "rp_Scope",
} as const;

export type Environment = Record<keyof typeof VARIABLES, string>;

const VALUES = "environmentvariabledefinition_environmentvariablevalue";

/** Read all four at once; a variable without a value of its own has its default. */
export async function readEnvironment(webApi: WebApi): Promise<Environment> {
  const names = Object.values(VARIABLES);
  const filter = names.map((name) => `schemaname eq '${name}'`).join(" or ");
  const { entities } = await webApi.retrieveMultipleRecords(
    "environmentvariabledefinition",
    `?$select=schemaname,defaultvalue&$expand=${VALUES}($select=value)&$filter=${filter}`,
  );
  const found = new Map(entities.map((each) => [each["schemaname"], currentValue(each)]));
  const missing = names.filter((name) => !found.get(name));
  if (missing.length > 0) throw new Told(words.notConfigured(missing.join(", ")));
  const read = (name: string) => found.get(name) ?? "";
  return {
    api: read(VARIABLES.api).replace(/\/$/, ""),
    clientId: read(VARIABLES.clientId),
    tenant: read(VARIABLES.tenant),
    scope: read(VARIABLES.scope),
  };
}

function currentValue(definition: Record<string, unknown>): string {
  const values = definition[VALUES] as { value?: string }[] | undefined;
  const value = values?.[0]?.value ?? definition["defaultvalue"];
  return typeof value === "string" ? value.trim() : "";
}
