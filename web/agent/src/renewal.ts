/** Hand the identity provider's answer to the page around this frame; nothing is drawn. */

import { UserManager } from "oidc-client-ts";

// The frame only passes its address on: the page around it knows the real settings.
const here = window.location.origin;
const manager = new UserManager({ authority: here, client_id: "renewal", redirect_uri: here });

void manager.signinSilentCallback();
