/** Which record a command was pressed on. */

import { words } from "./strings.ts";
import type { PrimaryControl } from "./xrm.ts";

export interface CustomerRecord {
  /** A GUID in lower case, without the braces that `getId()` puts around it. */
  id: string;
  entity: CustomerEntity;
}

export const CUSTOMER_ENTITIES = ["contact", "account", "lead"] as const;
export type CustomerEntity = (typeof CUSTOMER_ENTITIES)[number];

/** A reason not to go on that is a sentence for the agent. */
export class Told extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "Told";
  }
}

export function recordOn(control: PrimaryControl): CustomerRecord {
  const form = "getFormContext" in control ? control.getFormContext() : control;
  const { entity } = form.data;
  return customerRecord(entity.getEntityName(), entity.getId());
}

/** Refuse what is no saved record of a customer. */
export function customerRecord(entity: string, id: string): CustomerRecord {
  if (!isCustomerEntity(entity)) throw new Told(words.notHere);
  const bare = withoutBraces(id);
  if (bare === "") throw new Told(words.unsaved);
  return { id: bare, entity };
}

export function isCustomerEntity(entity: string): entity is CustomerEntity {
  return (CUSTOMER_ENTITIES as readonly string[]).includes(entity);
}

export const withoutBraces = (id: string): string => id.replace(/[{}]/g, "").toLowerCase();
