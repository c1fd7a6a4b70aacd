/** What the panel knows, in the shape in which Streams is sent it (`agent::update`). */

const at = (state) => ({ ...state, timestamp: new Date() });

export function snapshotOf(configuration, state, contacts) {
  const now = new Date();
  const current = { ...at(state), startTimestamp: now };
  return {
    configuration,
    snapshot: {
      state: current,
      agentAvailabilityState: { state: state.name, timeStamp: now },
      nextState: null,
      contacts: [...contacts].map((each) => contactOf(configuration, each)),
      snapshotTimestamp: now,
      localTimestamp: Date.now(),
      skew: 0,
    },
  };
}

function contactOf(configuration, { contactId, number, state, initiationMethod }) {
  const contactState = at({ type: state });
  return {
    contactId,
    initialContactId: null,
    type: "voice",
    state: contactState,
    status: contactState,
    queue: configuration.routingProfile.defaultOutboundQueue,
    queueTimestamp: null,
    contactFeatures: {},
    attributes: {},
    initiationMethod: initiationMethod.toLowerCase(),
    connections: [
      connection(`${contactId}-agent`, "agent", state === "ended" ? "disconnected" : "connected", {
        type: "agent",
        name: configuration.username,
      }),
      connection(
        contactId,
        initiationMethod === "INBOUND" ? "inbound" : "outbound",
        state === "ended" ? "disconnected" : state,
        { type: "phone_number", phoneNumber: number },
      ),
    ],
  };
}

function connection(connectionId, type, state, endpoint) {
  const connectionState = at({ type: state });
  return {
    connectionId,
    type,
    initial: type !== "agent",
    endpoint,
    address: endpoint,
    state: connectionState,
    status: connectionState,
    mediaInfo: { type: "softphone" },
  };
}
