import { describe, expect, test } from "vitest";
import { ApiError, type Problem } from "../src/api.ts";
import type { Contact } from "../src/softphone.ts";
import { dialWith } from "../src/streams/dial.ts";
import { streamsSoftphone } from "../src/streams/softphone.ts";
import { words } from "../src/strings.ts";
import { FakeAgent, FakeContact, FakeStreams } from "./streams-kit.ts";

const CCP = "https://bank.my.connect.aws/ccp-v2";
const NUMBER = "+447700900123";
const QUEUE = "arn:queue";

/** A place in a page, of which only what Streams leaves behind matters here. */
function emptyPlace() {
  const seen = { cleared: 0 };
  const place = { replaceChildren: () => void seen.cleared++ } as unknown as HTMLElement;
  return { place, seen };
}

async function opened({ signedIn = true } = {}) {
  const streams = new FakeStreams();
  const agent = new FakeAgent();
  const windows: { url: string; closed: boolean }[] = [];
  const openWindow = (url: string) => {
    const opened = { url, closed: false };
    windows.push(opened);
    return {
      close: () => {
        opened.closed = true;
      },
    };
  };
  const softphone = streamsSoftphone(CCP, { load: async () => streams, openWindow });
  const told = { ready: [] as boolean[], contacts: [] as Contact[], troubles: [] as Problem[] };
  softphone.listen({
    onReady: (ready) => told.ready.push(ready),
    onContact: (contact) => told.contacts.push(contact),
    onTrouble: (problem) => told.troubles.push(problem),
  });
  const { place, seen } = emptyPlace();
  const close = softphone.panel?.open(place) ?? (() => undefined);
  await Promise.resolve();
  await Promise.resolve();
  if (signedIn) streams.signIn(agent);
  return { softphone, streams, agent, windows, told, close, seen };
}

async function codeOf(dialing: Promise<void>): Promise<string> {
  const error: unknown = await dialing.then(
    () => null,
    (why: unknown) => why,
  );
  return error instanceof ApiError ? error.problem.code : String(error);
}

describe("the CCP", () => {
  test("is opened with the options that exist, the microphone left to its frame", async () => {
    const { streams } = await opened();
    expect(streams.opened).toHaveLength(1);
    expect(streams.opened[0]).toMatchObject({
      ccpUrl: CCP,
      loginPopup: true,
      loginPopupAutoClose: true,
      softphone: { allowFramedSoftphone: true },
      iframeTitle: words.softphone.title,
    });
    expect(Object.keys(streams.opened[0]?.pageOptions ?? {}).sort()).toEqual([
      "enableAudioDeviceSettings",
      "enablePhoneTypeSettings",
      "enableVideoDeviceSettings",
      "showInactivityModal",
    ]);
  });

  test("that is closed is terminated, and its frame is taken away", async () => {
    const { streams, told, close, seen } = await opened();
    close();
    expect([streams.terminated, seen.cleared, told.ready.at(-1)]).toEqual([1, 1, false]);
  });

  test("is not opened any more when the place is gone before Streams is loaded", async () => {
    const streams = new FakeStreams();
    const { place } = emptyPlace();
    const openWindow = () => ({ close: () => undefined });
    streamsSoftphone(CCP, { load: async () => streams, openWindow }).panel?.open(place)();
    await Promise.resolve();
    await Promise.resolve();
    expect(streams.opened).toEqual([]);
  });
});

describe("the session", () => {
  test("is there once Streams knows the agent", async () => {
    const { told } = await opened();
    expect(told.ready).toEqual([false, true]);
  });

  test.each(["auth_fail", "access_denied", "terminated", "ack_timeout"])(
    "is lost with %s, and back when the CCP tells of the agent again",
    async (event) => {
      const { streams, agent, told } = await opened();
      streams.happen(event);
      expect(told.ready).toEqual([false, true, false]);
      agent.refreshed.tell(agent as unknown as connect.Agent);
      expect(told.ready.at(-1)).toBe(true);
    },
  );

  test("that is lost refuses a dial with its own sentence", async () => {
    const { streams, agent, softphone } = await opened();
    streams.happen("auth_fail");
    expect(await codeOf(softphone.dial(NUMBER, QUEUE))).toBe("ccp_session_expired");
    expect(agent.dials).toEqual([]);
  });

  test("is opened by a window of the CCP's own, which closes once it is there", async () => {
    const { softphone, streams, agent, windows } = await opened({ signedIn: false });
    softphone.panel?.signIn();
    expect(windows).toEqual([{ url: CCP, closed: false }]);
    streams.signIn(agent);
    expect(windows).toEqual([{ url: CCP, closed: true }]);
  });

  test("that Streams has given up on is opened anew at a press, and only then", async () => {
    const { softphone, streams, agent, told } = await opened({ signedIn: false });
    softphone.panel?.signIn();
    streams.happen("iframe_retries_exhausted");
    expect([streams.terminated, streams.opened.length]).toEqual([0, 1]);
    softphone.panel?.signIn();
    expect([streams.terminated, streams.opened.length]).toEqual([1, 2]);
    streams.signIn(agent);
    expect(told.ready.at(-1)).toBe(true);
  });

  test("tells the permissions as soon as it is there", async () => {
    const { softphone, streams, agent } = await opened({ signedIn: false });
    const asked = softphone.permissions?.();
    streams.signIn(agent);
    expect(await asked).toEqual(["outboundCall"]);
  });
});

describe("a dial", () => {
  test("goes to the number from the queue that the server named", async () => {
    const { softphone, agent } = await opened();
    await softphone.dial(NUMBER, QUEUE);
    expect(agent.dials).toMatchObject([{ number: NUMBER, options: { queueARN: QUEUE } }]);
  });

  test("without the permission is not tried", async () => {
    const { softphone, agent } = await opened();
    agent.permissions = ["voiceId"];
    expect(await codeOf(softphone.dial(NUMBER, QUEUE))).toBe("ccp_no_permission");
    expect(agent.dials).toEqual([]);
  });

  test("before the CCP is there cannot be made", async () => {
    const { softphone } = await opened({ signedIn: false });
    expect(await codeOf(softphone.dial(NUMBER, QUEUE))).toBe("softphone_down");
  });

  test.each([
    ["AccessDeniedException", "ccp_no_permission"],
    ["BadEndpointException", "ccp_number_refused"],
    ["UnsupportedCountryException", "ccp_number_refused"],
    ["InvalidStateException", "ccp_busy"],
    ["UnauthorizedException", "ccp_session_expired"],
    ["LimitExceededException", "softphone_refused"],
  ])("that Connect refuses with %s is %s, which has a sentence", async (type, code) => {
    const { softphone, agent } = await opened();
    agent.answer = ({ failure }) => failure?.(JSON.stringify({ type, message: "no" }));
    expect(await codeOf(softphone.dial(NUMBER, QUEUE))).toBe(code);
    expect(words.codes[code]).toBeTruthy();
  });

  test("that nobody answers ends by our own clock", async () => {
    const agent = new FakeAgent();
    agent.answer = () => undefined;
    const wanted = { number: NUMBER, queueArn: QUEUE };
    expect(await codeOf(dialWith(agent, new FakeStreams(), wanted, 5))).toBe("ccp_timeout");
  });

  test("that Streams gave up is the same as one that we gave up", async () => {
    const { softphone, agent } = await opened();
    agent.answer = ({ failure }) => failure?.("ValueError: Agent.connect timed out after 10000 ms");
    expect(await codeOf(softphone.dial(NUMBER, QUEUE))).toBe("ccp_timeout");
  });
});

describe("contacts", () => {
  test("are told once for each state, however often Streams tells of them", async () => {
    const { streams, told } = await opened();
    const contact = new FakeContact("k-1", NUMBER);
    streams.show(contact);
    streams.show(contact);
    contact.move("connecting");
    contact.move("connected");
    streams.show(new FakeContact("k-1", NUMBER, "connected"));
    contact.move("ended");
    expect(told.contacts.map(({ state }) => state)).toEqual(["connecting", "connected", "ended"]);
    expect(told.contacts[0]).toMatchObject({ contactId: "k-1", number: NUMBER });
  });

  test("that vanish have ended", async () => {
    const { streams, told } = await opened();
    const contact = new FakeContact("k-2", "sip:+447700900123@example");
    streams.show(contact);
    contact.gone.tell(contact as unknown as connect.Contact);
    expect(told.contacts.map(({ state }) => state)).toEqual(["connecting", "ended"]);
    expect(told.contacts[0]?.number).toBe(NUMBER);
  });

  test("are hung up by their id", async () => {
    const { softphone, streams } = await opened();
    const contact = new FakeContact("k-3", NUMBER);
    streams.show(contact);
    softphone.hangUp("k-3");
    expect(contact.hungUp).toBe(true);
  });

  test.each([
    ["microphone_not_shared", "ccp_microphone"],
    ["signalling_handshake_failure", "ccp_no_sound"],
  ])("whose sound fails with %s are told of as %s", async (errorType, code) => {
    const { agent, told } = await opened();
    const error = { errorType, errorMessage: "no" } as unknown as connect.SoftphoneError;
    agent.troubled.tell(error);
    expect(told.troubles).toMatchObject([{ code }]);
    expect(words.codes[code]).toBeTruthy();
  });
});
