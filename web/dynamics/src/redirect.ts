/** The page that a sign-in window or a hidden frame comes back to: it passes the answer on. */

import { broadcastResponseToMainFrame } from "@azure/msal-browser/redirect-bridge";
import { UserManager } from "oidc-client-ts";

/** MSAL asks for its answer in the fragment, the other client in the query. */
if (window.location.hash.length > 1) {
  void broadcastResponseToMainFrame();
} else {
  // The page that asked knows the real settings.
  const here = window.location.origin;
  const manager = new UserManager({ authority: here, client_id: "redirect", redirect_uri: here });
  void (window.opener ? manager.signinPopupCallback() : manager.signinSilentCallback());
}
