import { expect, test } from "vitest";
import { createApi } from "../src/api.ts";
import { onEarlyEnd } from "../src/early-end.ts";
import type { Contact, Softphone, SoftphoneListener } from "../src/softphone.ts";
import { words } from "../src/strings.ts";
import { type Notices, noticed, noticesBut, textOf } from "../src/violations.ts";
import { type Surroundings, watchViolations } from "../src/watch-violations.ts";
import type { Done, Violation } from "../src/wire.ts";
import { type Answer, type Asked, backend } from "./backend.ts";

const START = Date.parse("2026-11-23T10:42:20.000Z");
const violation = (contactId: string, rest: Partial<Violation> = {}): Violation => {
  const at = "2026-11-23T10:41:07.000Z";
  const said = {
    code: "no_call",
    done: "blocked" as Done,
    number: "+44 •••• 123",
    detail: "No.",
  };
  return { contactId, at, ...said, ...rest };
};
const older: Answer = { status: 404, body: { code: "not_found" } };
const some = (...violations: Violation[]): Answer => ({ body: { violations } });

/** Ask a real server until it answers as an older one, and keep what was heard. */
async function watched(
  answers: (Answer | null)[],
  changes: Partial<Surroundings> = {},
  before: (asked: Asked[]) => void = () => undefined,
) {
  const { url, asked } = await backend(() => {
    before(asked);
    return asked.length > answers.length ? older : (answers[asked.length - 1] ?? null);
  });
  const heard: Violation[] = [];
  await watchViolations({
    api: createApi(url, { current: () => "t", renew: async () => null }),
    now: START,
    visible: () => true,
    onNudge: () => () => undefined,
    hear: (violations) => heard.push(...violations),
    signal: new AbortController().signal,
    everyMs: 1,
    ...changes,
  });
  return { asked, heard: heard.map(({ contactId }) => contactId) };
}
const since = (asked: Asked) => new URL(asked.path, "http://x").searchParams.get("since");

test("a server that knows no such question is not asked again", async () => {
  const { asked, heard } = await watched([]);
  expect(asked.map(({ path }) => path.split("?")[0])).toEqual(["/my-violations"]);
  expect(heard).toEqual([]);
});

test("violations are heard, and asked for again from the last one on", async () => {
  const { asked, heard } = await watched([
    some(violation("a", { at: "2026-11-23T10:42:30.000Z" })),
    some(violation("b", { at: "2026-11-23T10:42:20.000Z" })),
    some(),
  ]);
  expect(heard).toEqual(["a", "b"]);
  expect(asked.map(since)).toEqual([
    "2026-11-23T10:27:20.000Z",
    "2026-11-23T10:41:30.000Z",
    "2026-11-23T10:41:30.000Z",
    "2026-11-23T10:41:30.000Z",
  ]);
});

test("a server that is down for a while is asked on", async () => {
  const { heard } = await watched([null, { status: 503 }, some(violation("a"))]);
  expect(heard).toEqual(["a"]);
});

test("nothing is asked while nobody looks at the page", async () => {
  let looks = 0;
  const seen: number[] = [];
  const visible = () => ++looks > 3;
  await watched([], { visible }, () => seen.push(looks));
  expect(seen).toEqual([4]);
});

test("a nudge asks at once, also one that comes while a question is under way", async () => {
  let nudge: () => void = () => undefined;
  const onNudge = (happened: () => void) => {
    nudge = happened;
    return () => undefined;
  };
  // Without the nudges the second question would come after an hour.
  const { heard } = await watched(
    [some(), some(violation("a"))],
    { onNudge, everyMs: 3_600_000 },
    () => nudge(),
  );
  expect(heard).toEqual(["a"]);
});

test("leaving ends it, and the listening", async () => {
  const leaving = new AbortController();
  let listening = true;
  const onNudge = () => () => {
    listening = false;
  };
  await watched([some()], { onNudge, signal: leaving.signal, everyMs: 3_600_000 }, () =>
    leaving.abort(),
  );
  expect(listening).toBe(false);
});

test("a contact that ends before it was connected is an early end, another is not", () => {
  let heard: SoftphoneListener | null = null;
  const softphone: Softphone = {
    listen(listener) {
      heard = listener;
      return () => {
        heard = null;
      };
    },
    dial: async () => undefined,
    hangUp: () => undefined,
  };
  let early = 0;
  const stop = onEarlyEnd(softphone, () => {
    early += 1;
  });
  const becomes = (contactId: string, state: Contact["state"]) =>
    heard?.onContact({ contactId, state, number: "+44", initiationMethod: "OUTBOUND" });
  for (const state of ["connecting", "connected", "ended"] as const) becomes("talked", state);
  expect(early).toBe(0);
  becomes("stopped", "connecting");
  becomes("stopped", "ended");
  expect(early).toBe(1);
  stop();
  expect(heard).toBeNull();
});

const hear = (notices: Notices, ...violations: Violation[]) =>
  noticed(notices, { type: "heard", violations });
const ids = ({ shown }: Notices) => shown.map(({ contactId }) => contactId);

test("each contact is shown once, the latest first, however often it is told", () => {
  const twice = hear(hear(noticesBut([]), violation("a")), violation("a"), violation("b"));
  expect(ids(twice)).toEqual(["b", "a"]);
  expect(hear(twice, violation("a"))).toBe(twice);
});

test("the newest stands first, in whichever order the server tells them", () => {
  const early = violation("early", { at: "2026-11-23T10:40:00.000Z" });
  const late = violation("late", { at: "2026-11-23T10:41:00.000Z" });
  expect(ids(hear(noticesBut([]), late, early))).toEqual(["late", "early"]);
  expect(ids(hear(noticesBut([]), early, late))).toEqual(["late", "early"]);
});

test("a later word on a contact takes the place of the former", () => {
  const warned = hear(noticesBut([]), violation("a", { done: "recorded" }));
  const stopped = hear(warned, violation("a", { done: "stopped" }));
  expect(stopped.shown).toMatchObject([{ contactId: "a", done: "stopped" }]);
});

test("what the agent dismissed stays away, after a reload as well", () => {
  const all = hear(noticesBut([]), violation("a"), violation("b"));
  const one = noticed(all, { type: "dismissed", contactId: "a" });
  expect(ids(hear(one, violation("a")))).toEqual(["b"]);
  expect(ids(hear(noticesBut(one.dismissed), violation("a")))).toEqual([]);
});

test("the server's sentence is shown, or ours where it sends none", () => {
  expect(textOf(violation("a"))).toBe("No.");
  for (const done of Object.keys(words.violations.text) as Done[]) {
    expect(textOf(violation("a", { done, detail: null }))).toContain("+44 •••• 123");
    expect(textOf(violation("a", { done, detail: "", number: null }))).toContain("a customer");
  }
});
