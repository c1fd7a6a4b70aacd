/** `customizations.xml`: the web resources; the other components have files of their own. */

import { LANGUAGE } from "./manifest.ts";
import { SOLUTION, WEB_RESOURCES, type WebResource } from "./parts.ts";
import { children, document, element } from "./xml.ts";

export function customizations(): string {
  return document(
    element("ImportExportXml", [
      ...["Entities", "Roles", "Workflows", "FieldSecurityProfiles", "Templates", "EntityMaps"].map(
        (name) => element(name),
      ),
      element("EntityRelationships"),
      element("OrganizationSettings"),
      element("optionsets"),
      element("WebResources", WEB_RESOURCES.map(webResource)),
      element("CustomControls"),
      element("Languages", [element("Language", LANGUAGE)]),
    ]),
  );
}

/** Where the package has the file; as Dynamics names them, without what no file name may have. */
export const fileOf = ({ name, id }: WebResource): string =>
  `WebResources/${name.replaceAll(/[^A-Za-z0-9]/g, "")}${id.toUpperCase()}`;

function webResource(each: WebResource): string {
  return element(
    "WebResource",
    children({
      WebResourceId: `{${each.id}}`,
      Name: each.name,
      DisplayName: each.title,
      LanguageCode: LANGUAGE,
      WebResourceType: each.type,
      IntroducedVersion: SOLUTION.version,
      IsEnabledForMobileClient: 0,
      IsAvailableForMobileOffline: 0,
      IsCustomizable: 1,
      CanBeDeleted: 1,
      IsHidden: 0,
      FileName: `/${fileOf(each)}`,
    }),
  );
}
