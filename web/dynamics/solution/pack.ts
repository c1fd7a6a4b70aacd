/** The solution as one zip, of the same bytes whenever it is packed from the same files. */

import { strToU8, type Zippable, zipSync } from "fflate";
import { command, commandFile, variable, variableFile } from "./components.ts";
import { customizations, fileOf } from "./customizations.ts";
import { manifest } from "./manifest.ts";
import { COMMANDS, ENVIRONMENT_VARIABLES, WEB_RESOURCES } from "./parts.ts";
import { document, element } from "./xml.ts";

/** Pack the built web resources, by file name. */
export function pack(built: ReadonlyMap<string, string>): Uint8Array {
  const files = new Map<string, string>([
    ["[Content_Types].xml", contentTypes()],
    ["solution.xml", manifest()],
    ["customizations.xml", customizations()],
  ]);
  for (const each of ENVIRONMENT_VARIABLES) files.set(variableFile(each), variable(each));
  for (const each of COMMANDS) files.set(commandFile(each), command(each));
  for (const each of WEB_RESOURCES) files.set(fileOf(each), content(built, each.file));
  const entries = [...files].map(([name, text]) => [name, strToU8(text)]);
  // Zip knows no older day. It has local time, so a date in parts is the same in every zone.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(entries) as Zippable, { level: 9, mtime, os: 0 });
}

function content(built: ReadonlyMap<string, string>, file: string): string {
  const found = built.get(file);
  if (found === undefined) throw new Error(`${file} was not built`);
  return found;
}

/** Name the type of every part; web resources have no extension and are named one by one. */
function contentTypes(): string {
  const octets = "application/octet-stream";
  return document(
    element(
      "Types",
      [
        element("Default", "", { Extension: "xml", ContentType: octets }),
        ...WEB_RESOURCES.map((each) =>
          element("Override", "", { PartName: `/${fileOf(each)}`, ContentType: octets }),
        ),
      ],
      { xmlns: "http://schemas.openxmlformats.org/package/2006/content-types" },
    ),
  );
}
