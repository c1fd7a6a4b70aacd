/** Ask STUN servers, through the browser's own ICE agent, how the network shows this computer. */

import type { Gathered } from "./around.ts";

/** "The STUN or TURN server could not be reached" (W3C webrtc, RTCPeerConnectionIceErrorEvent). */
const UNREACHABLE = 701;

export async function gather(stun: readonly string[], signal: AbortSignal): Promise<Gathered> {
  signal.throwIfAborted();
  const connection = new RTCPeerConnection({ iceServers: [{ urls: [...stun] }] });
  try {
    const gathered = listen(connection, signal);
    // Without something to carry, there is nothing to gather candidates for.
    connection.createDataChannel("preflight");
    await connection.setLocalDescription();
    return await gathered;
  } finally {
    connection.close();
  }
}

function listen(connection: RTCPeerConnection, signal: AbortSignal): Promise<Gathered> {
  let unanswered = false;
  return new Promise((resolve) => {
    const settle = (reflexive: boolean) => resolve({ reflexive, unanswered });
    connection.addEventListener("icecandidateerror", ({ errorCode }) => {
      unanswered ||= errorCode === UNREACHABLE;
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.type === "srflx") settle(true);
    });
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") settle(false);
    });
    signal.addEventListener("abort", () => settle(false), { once: true });
  });
}
