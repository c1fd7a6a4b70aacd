/** The part of Microsoft.CIFramework that the panel uses, and how it gets onto the page. */

/** What a handler is given differs between versions: an object, a Map, or either as JSON. */
export type Handler = (input: unknown) => Promise<unknown>;

export interface Cif {
  setClickToAct(on: boolean): Promise<unknown>;
  addHandler(event: string, handler: Handler): unknown;
  /** Answers with the record, as JSON in most versions. */
  retrieveRecord(entity: string, id: string, query: string): Promise<unknown>;
  /** Says who the user is and what they see, as JSON in most versions. */
  getEnvironment(): Promise<unknown>;
  /** 1 opens the panel, 0 docks it away. */
  setMode(mode: 0 | 1): Promise<unknown>;
}

interface Page extends Window {
  Microsoft?: { CIFramework?: Cif };
}

/** Load the library from the organisation's own host, and wait until it has found the page around. */
export function loadCif(origin: string, page: Page = window): Promise<Cif> {
  return new Promise((resolve, reject) => {
    const done = () => {
      const cif = page.Microsoft?.CIFramework;
      if (cif) resolve(cif);
      else reject(new Error("CIFInitDone came without Microsoft.CIFramework"));
    };
    page.addEventListener("CIFInitDone", done, { once: true });
    const script = page.document.createElement("script");
    script.src = `${origin}/webresources/Widget/msdyn_ciLibrary.js`;
    script.dataset["crmurl"] = origin;
    script.dataset["cifid"] = "CIFMainLibrary";
    script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
    page.document.head.append(script);
  });
}
