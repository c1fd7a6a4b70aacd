/** Can the customer hear the agent? */

import { words } from "../strings.ts";
import type { Around } from "./around.ts";
import { type Check, failed, ok, unknown, type Verdict } from "./check.ts";

/** Long enough for a person to read the browser's question and answer it. */
const ANSWERED_WITHIN_MS = 60_000;
const said = words.preflight.microphone;

export function microphoneCheck(around: Around): Check {
  return {
    id: "microphone",
    whoCanFixIt: "you",
    waitMs: ANSWERED_WITHIN_MS,
    async look({ clicked }) {
      if (around.microphoneAllowedHere() === false) return failed("administrator", said.framed);
      return clicked ? opened(around) : permitted(around);
    },
  };
}

/** What can be told without the browser asking the agent anything. */
async function permitted(around: Around): Promise<Verdict> {
  const permission = await around.microphonePermission();
  if (permission === "denied") return failed("you", said.denied);
  if (permission !== "granted") return unknown("you", said.prompt);
  return (await around.microphones()) > 0 ? ok("you", said.ok) : failed("you", said.none);
}

async function opened(around: Around): Promise<Verdict> {
  try {
    await around.openMicrophone();
    return ok("you", said.ok);
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "NotFoundError") return failed("you", said.none);
    if (name === "NotReadableError") return failed("you", said.busy);
    if (name !== "NotAllowedError") throw error;
    // The agent may have closed the browser's question without an answer.
    const permission = await around.microphonePermission();
    return permission === "prompt" ? unknown("you", said.prompt) : failed("you", said.denied);
  }
}
