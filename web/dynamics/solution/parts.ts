/** What the solution consists of. Ids are fixed: an import over an older version updates the same rows. */

import { VARIABLES } from "../src/environment.ts";
import { CUSTOMER_ENTITIES, type CustomerEntity } from "../src/record.ts";

export const PREFIX = "rp";
export const SOLUTION = {
  name: "RingproofVerifiedCall",
  title: "Verified calls",
  version: "0.1.0.0",
  publisher: "ringproof",
  publisherTitle: "ringproof",
  choicePrefix: 71840,
};

export interface WebResource {
  id: string;
  name: string;
  title: string;
  /** 1 is HTML, 3 is JavaScript. */
  type: 1 | 3;
  /** The built file. */
  file: string;
}

export const COMMAND: WebResource = {
  id: "5b0c1a52-8f1e-4a35-9b53-0c8d2f6a7e01",
  name: `${PREFIX}_/initiate-verified-call.js`,
  title: "Verified call",
  type: 3,
  file: "initiate-verified-call.js",
};

export const WEB_RESOURCES: WebResource[] = [
  COMMAND,
  {
    id: "5b0c1a52-8f1e-4a35-9b53-0c8d2f6a7e02",
    name: `${PREFIX}_/redirect.html`,
    title: "Verified call: the way back from the sign-in",
    type: 1,
    file: "redirect.html",
  },
  {
    id: "5b0c1a52-8f1e-4a35-9b53-0c8d2f6a7e03",
    name: `${PREFIX}_/redirect.js`,
    title: "Verified call: the way back from the sign-in (script)",
    type: 3,
    file: "redirect.js",
  },
];

export interface Variable {
  name: string;
  title: string;
  description: string;
}

export const ENVIRONMENT_VARIABLES: Variable[] = [
  {
    name: VARIABLES.api,
    title: "Verified calls: address",
    description: "Where ringproof is, such as https://calls.bank.example, with no path.",
  },
  {
    name: VARIABLES.clientId,
    title: "Verified calls: client id",
    description: "The application (client) id of the single-page app in Entra ID.",
  },
  {
    name: VARIABLES.tenant,
    title: "Verified calls: tenant id",
    description: "The directory (tenant) id of the agents.",
  },
  {
    name: VARIABLES.scope,
    title: "Verified calls: scope",
    description: "The scope to ask for: api://<API's client id>/VerifiedCall.Start.",
  },
];

export interface Command {
  name: string;
  entity: CustomerEntity;
}

export const COMMANDS: Command[] = CUSTOMER_ENTITIES.map((entity) => {
  return { entity, name: `${PREFIX}__${entity}_verifiedcall` };
});
