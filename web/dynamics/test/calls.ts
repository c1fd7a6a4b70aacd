/** Calls and an agent as the server tells of them. */

import type { Me } from "@ringproof/agent/wire.ts";

export {
  announced,
  connected,
  dialed,
  ended,
  next,
  requested,
} from "@ringproof/agent/states/samples.ts";

export const missing = { status: 404, body: { code: "not_found" } };

export const me: Me = {
  agentId: "ayesha",
  name: "Ayesha Khan",
  displayName: "Ayesha, Fraud team",
  roles: ["agent"],
  dialMode: "server",
  photo: null,
  connectUserArn: "arn",
  queueArn: "queue",
};
