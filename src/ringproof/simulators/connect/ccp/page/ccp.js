/** A simulated CCP: one agent's session with the instance, shown here and told to Streams. */

import { down, serve } from "./conduit.js";
import { configurationOf, dial, logIn } from "./instance.js";
import { snapshotOf } from "./snapshot.js";
import { showContacts, showSignedIn, showSignedOut } from "./view.js";

const who = new URLSearchParams(location.search);
const agentArn = who.get("agentArn") ?? "";
/** Of this agent; any tab may end the session, and a window of its own begins it again. */
const ENDED = `session ended: ${agentArn}`;
const embedded = window.parent !== window;

if (!agentArn || localStorage.getItem(ENDED)) signedOut();
else signedIn({ ...(await configurationOf(agentArn)), name: who.get("name") ?? agentArn });

function signedIn(configuration) {
  const contacts = new Map();
  let state = configuration.agentStates[0];
  const update = () => {
    showContacts(shownState(), contacts.values(), hangUp);
    down("agent::update", snapshotOf(configuration, shownState(true), contacts.values()));
  };
  const shownState = (whole = false) => {
    const [contact] = contacts.values();
    const busy = contact && (contact.state === "connected" ? "Busy" : "CallingCustomer");
    const current = busy ? { ...state, name: busy, type: "system" } : state;
    return whole ? current : current.name;
  };
  const line = logIn(agentArn, (contact) => {
    if (!contacts.has(contact.contactId) && contact.state === "ended") return;
    contacts.set(contact.contactId, contact);
    update();
    // There is no after-contact work here: a contact that has ended is cleared at once.
    if (contact.state === "ended" && contacts.delete(contact.contactId)) update();
  });
  const hangUp = (contactId) => line.send({ type: "hangup", contactId });

  const methods = {
    createOutboundContact: ({ endpoint, queueARN }) =>
      dial(agentArn, endpoint?.phoneNumber, queueARN),
    destroyConnection: ({ contactId }) => hangUp(contactId),
    putAgentState: ({ state: wanted }) => {
      state = wanted;
      line.send({ type: "status", status: wanted.name });
      update();
    },
  };
  const panel = {
    answering: true,
    configured: update,
    call: async (method, params) => (await methods[method]?.(params)) ?? {},
  };
  const endSession = () => {
    localStorage.setItem(ENDED, "yes");
    if (!panel.answering) return;
    panel.answering = false;
    line.logOut();
    down("auth_fail", {});
    signedOut();
  };

  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === ENDED && newValue) endSession();
  });
  showSignedIn(configuration.name, { dial: (number) => dial(agentArn, number), endSession });
  update();
  serve(panel);
}

/** Say nothing to Streams, as a sign-in page does: it opens a window, and loads this frame again. */
function signedOut() {
  const signIn = () => {
    localStorage.removeItem(ENDED);
    location.reload();
  };
  showSignedOut(embedded ? null : signIn);
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === ENDED && !newValue) location.reload();
  });
}
