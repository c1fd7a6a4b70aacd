/** A browser that a test describes: everything in order, but for what it changes. */

import type { Around } from "../src/preflight/around.ts";

export const around = (changes: Partial<Around> = {}): Around => ({
  origin: "https://calls.bank.example",
  online: () => true,
  microphoneAllowedHere: () => true,
  microphonePermission: async () => "granted",
  microphones: async () => 1,
  openMicrophone: async () => undefined,
  reach: async () => undefined,
  gather: async () => ({ reflexive: true, unanswered: false }),
  frame: async () => true,
  ...changes,
});

export const refuse = (name: string) => () => Promise.reject(new DOMException("", name));
