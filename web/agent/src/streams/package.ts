/** The package itself, which its types take for a script: it can be imported for its effect only. */

import "amazon-connect-streams";
