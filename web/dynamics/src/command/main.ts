/** The web resource: `Ringproof.initiateVerifiedCall`, for a command's JavaScript action. */

import { startTokens } from "../sign-in/start.ts";
import type { Xrm } from "../xrm.ts";
import { createCommand } from "./command.ts";
import type { Raiser } from "./panel.ts";

interface Page {
  Xrm?: Xrm;
  Microsoft?: { CIFramework?: Raiser };
}

/** A web resource runs in a frame of the page on which the panel is docked. */
function page(): Page {
  try {
    return (window.top ?? window) as unknown as Page;
  } catch {
    return window as unknown as Page;
  }
}

export const initiateVerifiedCall = createCommand(() => {
  const xrm = (window as unknown as Page).Xrm ?? page().Xrm;
  if (!xrm) throw new Error("Xrm is missing: this is no page of Dynamics 365");
  const open = (url: string, name: string) => {
    const opened = window.open(url, name, "popup,width=440,height=800");
    opened?.focus();
    return opened !== null;
  };
  return { xrm, startTokens, panels: { cif: page().Microsoft?.CIFramework ?? null, open } };
});
