import { describe, expect, test } from "vitest";
import type { CcpSession, CcpState } from "../src/preflight/ccp-session.ts";
import type { Check } from "../src/preflight/check.ts";
import { checksOf, type Deployment } from "../src/preflight/checks.ts";
import { mediaCheck } from "../src/preflight/media.ts";
import { microphoneCheck } from "../src/preflight/microphone.ts";
import { originCheck } from "../src/preflight/origin.ts";
import { permissionCheck } from "../src/preflight/permission.ts";
import { findingOf } from "../src/preflight/run.ts";
import { sessionCheck } from "../src/preflight/session.ts";
import { signallingCheck } from "../src/preflight/signalling.ts";
import { words } from "../src/strings.ts";
import { around, refuse } from "./around.ts";

const CCP = "https://bank.my.connect.aws/ccp-v2";
const STUN = ["stun:stun.bank.example:3478"];
const said = words.preflight;
const signal = new AbortController().signal;

const find = (check: Check, clicked = false) => findingOf(check, { clicked, signal });
const session = (state: CcpState, rest: Partial<CcpSession> = {}): CcpSession => {
  return {
    state: () => state,
    listen: () => () => undefined,
    framed: false,
    permissions: null,
    ...rest,
  };
};

test.each([
  ["known", "ok", said.session.ok],
  ["lost", "failed", said.session.lost],
  ["not_opened", "failed", said.session.not_opened],
] as const)("a CCP session that is %s is %s", async (state, verdict, sentence) => {
  expect(await find(sessionCheck(session(state), 0))).toEqual({
    id: "session",
    state: verdict,
    sentence,
    whoCanFixIt: "you",
  });
});

test("an agent without outboundCall is told which permission their profile needs", async () => {
  const without = await find(permissionCheck(async () => ["somethingElse"]));
  expect(without).toMatchObject({ state: "failed", whoCanFixIt: "administrator" });
  expect(without.sentence).toContain("Make outbound calls");
  expect(await find(permissionCheck(async () => ["outboundCall"]))).toMatchObject({ state: "ok" });
});

describe("the microphone", () => {
  const heard = (changes: Parameters<typeof around>[0], clicked = false) =>
    find(microphoneCheck(around(changes)), clicked);

  test("is in order when it is permitted and there is one", async () => {
    expect(await heard({})).toMatchObject({ state: "ok" });
  });

  test("is never opened before a click", async () => {
    const openMicrophone = refuse("opened");
    expect(await heard({ openMicrophone })).toMatchObject({ state: "ok" });
    expect(await heard({ openMicrophone }, true)).toMatchObject({ state: "unknown" });
  });

  test.each(["prompt", null] as const)("is not known while the permission is %s", async (state) => {
    const found = await heard({ microphonePermission: async () => state });
    expect(found).toMatchObject({ state: "unknown", sentence: said.microphone.prompt });
  });

  test("that is denied, the agent can allow", async () => {
    const found = await heard({ microphonePermission: async () => "denied" });
    expect(found).toMatchObject({ state: "failed", sentence: said.microphone.denied });
    expect(found.whoCanFixIt).toBe("you");
  });

  test("that the frame around the page keeps back, only an administrator can allow", async () => {
    const found = await heard({ microphoneAllowedHere: () => false }, true);
    expect(found).toMatchObject({ state: "failed", sentence: said.microphone.framed });
    expect(found.whoCanFixIt).toBe("administrator");
  });

  test("is missing where none is plugged in, before a click and after it", async () => {
    const none = { microphones: async () => 0, openMicrophone: refuse("NotFoundError") };
    for (const clicked of [false, true]) {
      expect(await heard(none, clicked)).toMatchObject({ sentence: said.microphone.none });
    }
  });

  test("that another program holds is told from one that is denied", async () => {
    const busy = await heard({ openMicrophone: refuse("NotReadableError") }, true);
    expect(busy).toMatchObject({ state: "failed", sentence: said.microphone.busy });
    const refused = { openMicrophone: refuse("NotAllowedError") };
    const denied = await heard({ ...refused, microphonePermission: async () => "denied" }, true);
    expect(denied).toMatchObject({ state: "failed", sentence: said.microphone.denied });
  });

  test("is still not known when the agent closed the browser's question", async () => {
    const openMicrophone = refuse("NotAllowedError");
    const closed = { openMicrophone, microphonePermission: async () => "prompt" as const };
    expect(await heard(closed, true)).toMatchObject({ state: "unknown" });
  });
});

describe("signalling", () => {
  test("is in order when anything answers at the instance", async () => {
    expect(await find(signallingCheck(CCP, around()))).toMatchObject({ state: "ok" });
  });

  test("asks for a file that no sign-in page stands before", async () => {
    const asked: string[] = [];
    const reach = async (url: string) => void asked.push(url);
    await find(signallingCheck(CCP, around({ reach })));
    expect(asked).toEqual(["https://bank.my.connect.aws/robots.txt"]);
  });

  test("that fails names the host and the port to open", async () => {
    const found = await find(signallingCheck(CCP, around({ reach: refuse("TypeError") })));
    expect(found).toMatchObject({ state: "failed", whoCanFixIt: "administrator" });
    expect(found.sentence).toMatch(/bank\.my\.connect\.aws.*TCP 443/);
  });

  test("without any network is the agent's to put right", async () => {
    const lost = around({ reach: refuse("TypeError"), online: () => false });
    const found = await find(signallingCheck(CCP, lost));
    expect(found).toMatchObject({ state: "failed", sentence: said.signalling.offline });
    expect(found.whoCanFixIt).toBe("you");
  });

  test("that is swallowed by a firewall fails when its wait is over", async () => {
    const check = signallingCheck(CCP, around({ reach: () => new Promise(() => undefined) }));
    expect(await findingOf(check, { clicked: false, signal }, 1)).toMatchObject({
      state: "failed",
      sentence: said.signalling.silent("bank.my.connect.aws"),
    });
  });
});

test.each([
  [{ reflexive: true, unanswered: true }, "ok", said.media.ok],
  [{ reflexive: false, unanswered: true }, "failed", said.media.blocked],
  [{ reflexive: false, unanswered: false }, "unknown", said.media.unknown],
] as const)("media: %o is %s", async (gathered, state, sentence) => {
  const check = mediaCheck(STUN, around({ gather: async () => gathered }));
  expect(await find(check)).toMatchObject({ id: "media", state, sentence });
});

test("media without a candidate in time is not known", async () => {
  const check = mediaCheck(STUN, around({ gather: () => new Promise(() => undefined) }));
  const found = await findingOf(check, { clicked: false, signal }, 1);
  expect(found).toMatchObject({ state: "unknown", sentence: said.media.unknown });
});

describe("the approved origin", () => {
  const silent = { frame: async () => false };

  test("is proved by the CCP's answer from a frame", async () => {
    expect(await find(originCheck(CCP, null, around()))).toMatchObject({ state: "ok" });
  });

  test("is proved by a framed session, without a second frame", async () => {
    const framed = session("known", { framed: true });
    const none = around({ frame: refuse("framed") });
    expect(await find(originCheck(CCP, framed, none))).toMatchObject({ state: "ok" });
  });

  test("is proved by a framed session that is there in time, without a second frame", async () => {
    let state: CcpState = "not_opened";
    const listen = (changed: () => void) => {
      queueMicrotask(() => {
        state = "known";
        changed();
      });
      return () => undefined;
    };
    const opening = { ...session("not_opened", { framed: true }), state: () => state, listen };
    const none = around({ frame: refuse("framed") });
    expect(await find(originCheck(CCP, opening, none))).toMatchObject({ state: "ok" });
  });

  test("is tried in another frame when the session is not there in time", async () => {
    const opening = session("not_opened", { framed: true });
    const found = await find(originCheck(CCP, opening, around(), 1));
    expect(found).toMatchObject({ state: "ok" });
  });

  test("that may be refused is not known, and is named for the administrator", async () => {
    const found = await find(originCheck(CCP, null, around(silent)));
    expect(found).toMatchObject({ state: "unknown", whoCanFixIt: "administrator" });
    expect(found.sentence).toMatch(/https:\/\/calls\.bank\.example .*Approved origins/);
  });

  test("is told apart from an instance that cannot be reached", async () => {
    const gone = around({ ...silent, reach: refuse("TypeError") });
    const found = await find(originCheck(CCP, null, gone));
    expect(found).toMatchObject({ state: "unknown" });
    expect(found.sentence).toContain("cannot be reached");
  });
});

describe("which checks there are", () => {
  const dials = session("known", { permissions: async () => [] });
  const all: Deployment = { dialMode: "agent", session: dials, ccpUrl: CCP, stun: STUN };
  const ids = (changes: Partial<Deployment>) =>
    checksOf({ ...all, ...changes }, around()).map(({ id }) => id);

  test("all of them where everything is set", () => {
    expect(ids({})).toEqual([
      "session",
      "permission",
      "microphone",
      "signalling",
      "media",
      "origin",
    ]);
  });

  test("a server that dials needs no permission of the agent", () => {
    expect(ids({ dialMode: "server" })).not.toContain("permission");
  });

  test("a softphone that tells of no permissions is not asked for them", () => {
    expect(ids({ session: session("known") })).not.toContain("permission");
  });

  test("what is not set is left out", () => {
    expect(ids({ ccpUrl: null })).toEqual(["session", "permission", "media"]);
    expect(ids({ stun: [] })).not.toContain("media");
    expect(ids({ session: null, ccpUrl: null, stun: [] })).toEqual([]);
  });
});
