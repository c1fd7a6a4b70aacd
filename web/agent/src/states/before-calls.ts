/** Sample findings and notices for the page of states. */

import type { CheckId, Finding } from "../preflight/check.ts";
import { words } from "../strings.ts";
import type { Done, Violation } from "../wire.ts";

const said = words.preflight;
const host = "examplebank.my.connect.aws";
const origin = "https://calls.bank.example";

const checking = (Object.keys(said.whether) as CheckId[]).map((id): Finding => {
  return { id, state: "checking", sentence: said.checking, whoCanFixIt: "you" };
});
const ready = checking.map((each): Finding => {
  return { ...each, state: "ok", sentence: said[each.id].ok };
});
const denied: Finding = {
  id: "microphone",
  state: "failed",
  sentence: said.microphone.denied,
  whoCanFixIt: "you",
};
const found = (...changes: Finding[]) =>
  ready.map((each) => changes.find(({ id }) => id === each.id) ?? each);

export const findings = {
  checking,
  ready,
  failed: found(
    denied,
    {
      id: "signalling",
      state: "failed",
      sentence: said.signalling.unreachable(host),
      whoCanFixIt: "administrator",
    },
    {
      id: "origin",
      state: "unknown",
      sentence: said.origin.unreachable(origin, host),
      whoCanFixIt: "administrator",
    },
  ),
  busy: found(denied, ...checking.filter(({ id }) => id === "media")),
  unknown: found({
    id: "origin",
    state: "unknown",
    sentence: said.origin.silent(origin, host),
    whoCanFixIt: "administrator",
  }),
};

const violation = (contactId: string, done: Done): Violation => {
  const at = "2026-11-23T10:41:07.000Z";
  return { contactId, code: "no_call", done, at, number: "+44 •••• ••0 123", detail: null };
};

export const violations = {
  blocked: [violation("5a9e0c11-blocked", "blocked")],
  several: [violation("5a9e0c11-open", "not_stopped"), violation("5a9e0c11-warned", "warned")],
};
