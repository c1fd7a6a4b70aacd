import { expect, test } from "vitest";
import { softphoneSession } from "../src/preflight/ccp-session.ts";
import { type Check, type Finding, failed, ok } from "../src/preflight/check.ts";
import { findingOf, preflight } from "../src/preflight/run.ts";
import { sessionCheck } from "../src/preflight/session.ts";
import { replaced, summary } from "../src/preflight/summary.ts";
import type { Softphone, SoftphoneListener } from "../src/softphone.ts";
import { words } from "../src/strings.ts";

const never = () => new Promise<never>(() => undefined);
const check = (look: Check["look"], rest: Partial<Check> = {}): Check => {
  return { id: "media", whoCanFixIt: "administrator", look, ...rest };
};
const fine = ok("you", "Well.");
const signal = new AbortController().signal;
const find = (one: Check, waitMs?: number) => findingOf(one, { clicked: false, signal }, waitMs);

/** Keep what is told, and tell when all of it has been found. */
function ears(until: (findings: Finding[]) => boolean) {
  const told: Finding[] = [];
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const tell = (finding: Finding) => {
    told.push(finding);
    if (until(told)) settle();
  };
  return { told, tell, settled };
}
const states = (told: Finding[]) => told.map(({ id, state }) => `${id} ${state}`);

test("a check that throws is not known, whoever throws", async () => {
  const broken = await find(check(() => Promise.reject(new Error("no such thing"))));
  expect(broken).toMatchObject({ id: "media", state: "unknown", whoCanFixIt: "administrator" });
  expect(broken.sentence).toContain(words.preflight.whether.media);
  const sync = check(() => {
    throw new Error("at once");
  });
  expect(await find(sync)).toMatchObject({ state: "unknown" });
});

test("a check that is silent is not known, unless silence says something", async () => {
  expect(await find(check(never), 1)).toMatchObject({ state: "unknown" });
  const late = failed("you", "Silent.");
  expect(await find(check(never, { late }), 1)).toMatchObject({ state: "failed" });
});

test("good news that comes too late is no good news", async () => {
  const tooLate = check(async ({ signal: until }) => {
    await new Promise((resolve) => until.addEventListener("abort", resolve));
    return fine;
  });
  expect(await find(tooLate, 1)).toMatchObject({ state: "unknown" });
});

test("what a check holds open is let go, however it ends", async () => {
  const seen: AbortSignal[] = [];
  const looks: Check["look"][] = [async () => fine, () => Promise.reject(new Error()), never];
  for (const look of looks) {
    const seeing: Check["look"] = (at) => {
      seen.push(at.signal);
      return look(at);
    };
    await find(check(seeing), 1);
  }
  expect(seen.map(({ aborted }) => aborted)).toEqual([true, true, true]);
});

test("checks run side by side: a silent one holds nobody up", async () => {
  const { told, tell, settled } = ears((all) => all.some(({ state }) => state === "ok"));
  const leaving = new AbortController();
  preflight([check(never), check(async () => fine, { id: "origin" })], tell, leaving.signal);
  await settled;
  leaving.abort();
  expect(states(told)).toEqual(["media checking", "origin checking", "origin ok"]);
});

test("nothing is told once the page has let go", async () => {
  const { told, tell } = ears(() => false);
  const leaving = new AbortController();
  let done: (value: unknown) => void = () => undefined;
  const over = new Promise((resolve) => {
    done = resolve;
  });
  const one = check(async ({ signal: until }) => {
    until.addEventListener("abort", done);
    return never();
  });
  preflight([one], tell, leaving.signal);
  leaving.abort();
  await over;
  expect(states(told)).toEqual(["media checking"]);
});

test("only a look that the agent asked for may ask the agent", async () => {
  const clicks: boolean[] = [];
  const one = check(async ({ clicked }) => {
    clicks.push(clicked);
    return fine;
  });
  const { tell, settled } = ears(() => clicks.length === 2);
  preflight([one], tell, signal).again();
  await settled;
  expect(clicks).toEqual([false, true]);
});

/** A softphone whose connection a test makes and breaks. */
function softphone() {
  const listeners = new Set<SoftphoneListener>();
  const phone: Softphone = {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dial: never,
    hangUp: () => undefined,
  };
  const ready = (now: boolean) => {
    for (const each of listeners) each.onReady(now);
  };
  return { phone, ready, listeners };
}

test("a softphone's session is found as soon as it is there, and missed once it is lost", async () => {
  const { phone, ready, listeners } = softphone();
  const { told, tell, settled } = ears((all) => all.some(({ state }) => state === "failed"));
  const leaving = new AbortController();
  const found = ears((all) => all.some(({ state }) => state === "ok"));
  const both = (finding: Finding) => {
    tell(finding);
    found.tell(finding);
  };
  preflight([sessionCheck(softphoneSession(phone))], both, leaving.signal);
  ready(true);
  await found.settled;
  ready(false);
  await settled;
  expect(told.at(-1)).toMatchObject({ state: "failed", sentence: words.preflight.session.lost });
  leaving.abort();
  expect(listeners.size).toBe(0);
});

test("a session that nobody watches any more is not opened, and not lost", () => {
  const { phone, ready } = softphone();
  const session = softphoneSession(phone);
  const stop = session.listen(() => undefined);
  ready(true);
  expect(session.state()).toBe("known");
  stop();
  expect(session.state()).toBe("not_opened");
});

const finding = (id: Finding["id"], state: Finding["state"]): Finding => {
  return { id, state, sentence: `${id}.`, whoCanFixIt: "you" };
};

test("no finding says nothing, and only nothing but good ones says ready", () => {
  expect(summary([])).toBeNull();
  const well = [finding("session", "ok"), finding("media", "ok")];
  expect(summary(well)).toEqual({ is: "ready", headline: "Ready to call", wrong: [], busy: false });
  expect(summary([...well, finding("origin", "unknown")])?.is).toBe("unknown");
  expect(summary([...well, finding("origin", "checking")])?.is).toBe("checking");
});

test("what failed comes before what is not known, and before the checks are through", () => {
  const some = [
    finding("session", "unknown"),
    finding("media", "failed"),
    finding("origin", "checking"),
  ];
  const sum = summary(some);
  expect(sum).toMatchObject({ is: "failed", headline: words.preflight.failed(1), busy: true });
  expect(sum?.wrong.map(({ id }) => id)).toEqual(["media", "session"]);
});

test("a new finding takes the place of the former one", () => {
  const first = [finding("session", "checking"), finding("media", "checking")];
  expect(states(replaced(first, finding("session", "ok")))).toEqual([
    "session ok",
    "media checking",
  ]);
  expect(states(replaced(first, finding("origin", "ok")))).toHaveLength(3);
});
