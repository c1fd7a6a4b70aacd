/** `solution.xml`: who publishes what, and the components of the package. */

import { ENVIRONMENT_VARIABLES, PREFIX, SOLUTION, WEB_RESOURCES } from "./parts.ts";
import { children, document, element } from "./xml.ts";

/** English, the only language of the package. */
export const LANGUAGE = 1033;
const WEB_RESOURCE = 61;
const VARIABLE = 380;

export function manifest(): string {
  const { name, title, version } = SOLUTION;
  const solution = element("SolutionManifest", [
    element("UniqueName", name),
    named("LocalizedNames", "LocalizedName", title),
    element("Descriptions"),
    element("Version", version),
    // Unmanaged: the bank's own people may change what they import.
    element("Managed", 0),
    publisher(),
    element("RootComponents", components()),
    element("MissingDependencies"),
  ]);
  const attributes = {
    version: "9.2.0.0",
    SolutionPackageVersion: "9.2",
    languagecode: LANGUAGE,
    generatedBy: "CrmLive",
  };
  return document(element("ImportExportXml", [solution], attributes));
}

function publisher(): string {
  return element("Publisher", [
    element("UniqueName", SOLUTION.publisher),
    named("LocalizedNames", "LocalizedName", SOLUTION.publisherTitle),
    element("Descriptions"),
    ...children({ EMailAddress: "", SupportingWebsiteUrl: "" }),
    element("CustomizationPrefix", PREFIX),
    element("CustomizationOptionValuePrefix", SOLUTION.choicePrefix),
    element("Addresses"),
  ]);
}

const named = (list: string, item: string, description: string) =>
  element(list, [element(item, "", { description, languagecode: LANGUAGE })]);

/** Commands are found by their files: their component type differs from environment to environment. */
function components(): string[] {
  const root = (type: number) => (each: { name: string }) =>
    element("RootComponent", "", { type, schemaName: each.name, behavior: 0 });
  return [...WEB_RESOURCES.map(root(WEB_RESOURCE)), ...ENVIRONMENT_VARIABLES.map(root(VARIABLE))];
}
