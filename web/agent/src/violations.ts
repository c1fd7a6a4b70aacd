/** Which violations the agent has been told of, and which they have dismissed; pure. */

import { words } from "./strings.ts";
import type { Violation } from "./wire.ts";

export interface Notices {
  shown: readonly Violation[];
  dismissed: ReadonlySet<string>;
}

export type NoticeEvent =
  | { type: "heard"; violations: readonly Violation[] }
  | { type: "dismissed"; contactId: string };

/** Begin with none, and with those that were dismissed before the page was loaded again. */
export const noticesBut = (dismissed: Iterable<string>): Notices => {
  return { shown: [], dismissed: new Set(dismissed) };
};

export function noticed(notices: Notices, event: NoticeEvent): Notices {
  if (event.type === "dismissed") return dismissed(notices, event.contactId);
  const { violations } = event;
  return violations.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).reduce(shown, notices);
}

/** One notice a contact: a later word on it takes the place of the former, the newest contact stands first. */
function shown(notices: Notices, violation: Violation): Notices {
  const { contactId, done, detail } = violation;
  if (notices.dismissed.has(contactId)) return notices;
  const known = notices.shown.find((each) => each.contactId === contactId);
  if (!known) return { ...notices, shown: [violation, ...notices.shown] };
  if (known.done === done && known.detail === detail) return notices;
  const replaced = notices.shown.map((each) => (each === known ? violation : each));
  return { ...notices, shown: replaced };
}

function dismissed(notices: Notices, contactId: string): Notices {
  return {
    shown: notices.shown.filter((each) => each.contactId !== contactId),
    dismissed: new Set([...notices.dismissed, contactId]),
  };
}

/** The server's sentence, or ours where it sends none. */
export function textOf({ detail, done, number }: Violation): string {
  return detail || words.violations.text[done](number || words.violations.someNumber);
}
