/** The components with files of their own: environment variables, and commands (`appaction`). */

import { LANGUAGE } from "./manifest.ts";
import { COMMAND, type Command, SOLUTION, type Variable } from "./parts.ts";
import { children, document, element } from "./xml.ts";

/** The function that a press runs: a global of the web resource. */
export const FUNCTION = "Ringproof.initiateVerifiedCall";
const LABEL = "Verified call";
const TIP = "Announce the call in the customer's banking app, then place it";
/** Text. */
const STRING = 100000000;

export const variableFile = ({ name }: Variable): string =>
  `environmentvariabledefinitions/${name}/environmentvariabledefinition.xml`;

export function variable({ name, title, description }: Variable): string {
  return document(
    element(
      "environmentvariabledefinition",
      [
        label("description", description),
        label("displayname", title),
        ...children({
          introducedversion: SOLUTION.version,
          iscustomizable: 1,
          isrequired: 1,
          secretstore: 0,
          type: STRING,
        }),
      ],
      { schemaname: name },
    ),
  );
}

export const commandFile = ({ name }: Command): string => `appactions/${name}/appaction.xml`;

/** With no app named, the command is on the table's form in every app. */
export function command({ name, entity }: Command): string {
  return document(
    element(
      "appaction",
      [
        label("buttonaccessibilitytext", TIP),
        label("buttonlabeltext", LABEL),
        element("buttonsequencepriority", "10.0000000000"),
        label("buttontooltiptitle", TIP),
        element("context", 1),
        element("contextentity", [element("logicalname", entity)]),
        ...children({ contextvalue: entity, fonticon: "$clientsvg:Phone", hidden: 0 }),
        ...children({ iscustomizable: 1, isdisabled: 0, location: 0, name }),
        element("onclickeventjavascriptfunctionname", FUNCTION),
        // 5 is PrimaryControl.
        element("onclickeventjavascriptparameters", '[{"type":5}]'),
        element("onclickeventjavascriptwebresourceid", [element("webresourceid", COMMAND.id)]),
        ...children({ onclickeventtype: 2, origin: 0, statecode: 0, statuscode: 1, type: 0 }),
        element("visibilitytype", 0),
      ],
      { uniquename: name },
    ),
  );
}

const label = (name: string, text: string): string =>
  element(name, [element("label", "", { description: text, languagecode: LANGUAGE })], {
    default: text,
  });
