/** The panel, or, in the hidden frame of a silent renewal, only its answer. */

const renewing = window.self !== window.top && /[?&]state=/.test(window.location.search);

void (renewing ? import("@ringproof/agent/renewal.ts") : import("./page.tsx"));
