import { expect, test } from "vitest";
import { ApiError, createApi, problem } from "../src/api.ts";
import { type Attempt, type AttemptEvent, idle, type Order, step } from "../src/attempt.ts";
import { cancel, place, resume } from "../src/place.ts";
import type { Contact, Softphone, SoftphoneListener } from "../src/softphone.ts";
import {
  announced,
  connected,
  dialed,
  ended,
  next,
  requested,
  order as sample,
} from "../src/states/samples.ts";
import type { Call } from "../src/wire.ts";
import { type Answer, type Asked, backend } from "./backend.ts";

const order: Order = { ...sample, mode: "server" };
const over = ended(connected, 9, { outcome: "answered" });
const missing: Answer = { status: 404, body: { code: "not_found" } };

/** Run the effects over a real connection, and keep what the reducer made of it. */
async function surroundings(
  answer: (asked: Asked) => Answer | null | Promise<Answer | null>,
  softphone: Softphone | null = null,
) {
  const { url, asked } = await backend(answer);
  const api = createApi(url, { current: () => "t", renew: async () => null });
  const seen: { attempt: Attempt } = { attempt: idle };
  const tell = (event: AttemptEvent) => {
    seen.attempt = step(seen.attempt, event);
  };
  const around = { api, softphone, tell, signal: new AbortController().signal };
  const start = (mode: Order["mode"]) => {
    const started = { ...order, mode };
    tell({ type: "started", order: started });
    return started;
  };
  return { around, asked, seen, start };
}

const path = ({ method, path }: Asked) => `${method} ${path.split("?")[0]}`;
const poll = `GET /calls/${order.callId}`;
const after = (asked: Asked) => Number(new URL(asked.path, "http://x").searchParams.get("after"));

/** Answer polls as the server does: with the first of *versions* that is newer than asked for. */
const newer = (versions: Call[], asked: Asked): Answer => {
  const found = versions.find((each) => each.version > after(asked));
  return found ? { body: found } : missing;
};

test("the call is followed to its end while the order is still pending", async () => {
  let release: (answer: Answer) => void = () => undefined;
  const pending = new Promise<Answer>((resolve) => {
    release = resolve;
  });
  const { around, seen, start } = await surroundings((asked) => {
    if (path(asked) !== poll) return pending;
    const answer = newer([requested, announced, dialed, connected, over], asked);
    return answer;
  });
  await place(start("server"), around);
  release({ body: over });
  expect(seen.attempt).toMatchObject({ is: "over", call: { outcome: "answered" } });
});

test("a call that is not stored yet is asked for again", async () => {
  let polls = 0;
  const { around, seen, start } = await surroundings((asked) => {
    if (path(asked) === poll) return ++polls < 3 ? missing : { body: over };
    return new Promise(() => undefined);
  });
  await place(start("server"), around);
  expect(polls).toBe(3);
  expect(seen.attempt).toMatchObject({ is: "over", call: { state: "ended" } });
});

test("a refused order ends it at once, with the server's sentence", async () => {
  const { around, seen, start } = await surroundings((asked) =>
    path(asked) === poll
      ? missing
      : { status: 403, body: { code: "quiet_hours", detail: "Call after 08:00 there." } },
  );
  await place(start("server"), around);
  expect(seen.attempt).toMatchObject({
    is: "over",
    problem: { detail: "Call after 08:00 there." },
  });
});

test("an order without an answer is repeated with the same id, and makes one call", async () => {
  const orders: Asked[] = [];
  const { around, seen, start } = await surroundings((asked) => {
    if (path(asked) === poll) return orders.length < 2 ? missing : { body: over };
    orders.push(asked);
    return orders.length < 2 ? null : { body: requested };
  });
  await place(start("server"), around);
  const ids = orders.map((each) => each.headers["idempotency-key"]);
  expect(new Set(ids)).toEqual(new Set([order.callId]));
  expect(seen.attempt).toMatchObject({ is: "over", call: { outcome: "answered" } });
});

test("a line that is lost and found again loses nothing", async () => {
  let polls = 0;
  const { around, seen, start } = await surroundings((asked) => {
    if (path(asked) !== poll) return { body: dialed };
    return ++polls === 1 ? null : newer([dialed, over], asked);
  });
  await place(start("server"), around);
  expect(seen.attempt).toMatchObject({ is: "over", call: { outcome: "answered" } });
});

test("once the line is back, that is known before the call changes", async () => {
  const afters: number[] = [];
  let polls = 0;
  const { around, asked, start, seen } = await surroundings((each) => {
    if (path(each) !== poll) return { body: dialed };
    afters.push(after(each));
    return ++polls === 2 ? null : newer([dialed, over], each);
  });
  await place(start("server"), around);
  expect(asked.length).toBeGreaterThan(3);
  expect(afters.slice(0, 3)).toEqual([0, dialed.version, dialed.version - 1]);
  expect(seen.attempt).toMatchObject({ is: "over" });
});

test("after a reload the call is found again, and not ordered again", async () => {
  const { around, asked, seen, start } = await surroundings((each) => newer([dialed, over], each));
  await resume(start("agent"), around);
  expect(asked.every((each) => path(each) === poll)).toBe(true);
  expect(seen.attempt).toMatchObject({ is: "over", call: { outcome: "answered" } });
});

test("a cancel that overtakes the order waits until the call is stored", async () => {
  let tries = 0;
  const { around, seen, start } = await surroundings(() =>
    ++tries < 2 ? missing : { body: next(requested, 1, { state: "cancelled" }) },
  );
  await cancel(start("server"), around);
  expect(seen.attempt).toMatchObject({ is: "over", call: { state: "cancelled" }, cancelled: true });
});

test("a cancel that comes too late says so, and the call goes on", async () => {
  const { around, seen, start } = await surroundings(() => ({
    status: 409,
    body: { code: "too_late_to_cancel" },
  }));
  await cancel(start("server"), around);
  expect(seen.attempt).toMatchObject({ cancelProblem: { code: "too_late_to_cancel" } });
});

const dial = { phone: order.phone, queueArn: "queue", before: announced.dialBefore };
const authorised: Call = { ...announced, dial };
const cancelled = next(announced, 3, { state: "cancelled" });

/** A softphone that does what a test says when it is asked to dial. */
function softphone(dialing: (listener: SoftphoneListener) => Promise<void>): Softphone {
  let heard: SoftphoneListener | null = null;
  return {
    listen(listener) {
      heard = listener;
      return () => {
        heard = null;
      };
    },
    dial: () => (heard ? dialing(heard) : Promise.reject(new Error("nobody listens"))),
    hangUp: () => undefined,
  };
}
const contact = (state: Contact["state"]): Contact => {
  return { contactId: "k-1", state, number: order.phone, initiationMethod: "OUTBOUND" };
};

/** A server that keeps a call announced until it is cancelled. */
function untilCancelled() {
  let release: () => void = () => undefined;
  const cancel = new Promise<void>((resolve) => {
    release = resolve;
  });
  return async (asked: Asked): Promise<Answer> => {
    if (path(asked).endsWith("/contact")) return { status: 204, body: "" };
    if (path(asked).endsWith("/cancel")) release();
    else if (after(asked) < authorised.version) return { body: authorised };
    else await cancel;
    return { body: cancelled };
  };
}

test("in agent mode the browser dials what the server authorised, once", async () => {
  let dials = 0;
  const phone = softphone(async (listener) => {
    dials += 1;
    listener.onContact(contact("connecting"));
  });
  const { around, asked, seen, start } = await surroundings((each) => {
    if (path(each) === poll) return newer([authorised, dialed, over], each);
    return path(each).endsWith("/contact") ? { status: 204, body: "" } : { body: authorised };
  }, phone);
  await place(start("agent"), around);
  expect(dials).toBe(1);
  expect(asked.some((each) => path(each).endsWith("/contact"))).toBe(true);
  expect(seen.attempt).toMatchObject({ is: "over", call: { outcome: "answered" }, problem: null });
});

test("a softphone that refuses gives the call back, so that the phones are told", async () => {
  const why = problem("softphone_refused", { status: 409 });
  const phone = softphone(() => Promise.reject(new ApiError(why)));
  const { around, asked, seen, start } = await surroundings(untilCancelled(), phone);
  await place(start("agent"), around);
  expect(asked.some((each) => path(each).endsWith("/cancel"))).toBe(true);
  expect(seen.attempt).toMatchObject({ is: "over", problem: { code: "softphone_refused" } });
});

test("a softphone without a microphone gives the call back, and says so", async () => {
  const phone = softphone(async (listener) => listener.onTrouble?.(problem("ccp_microphone")));
  const { around, asked, seen, start } = await surroundings(untilCancelled(), phone);
  await place(start("agent"), around);
  expect(asked.some((each) => path(each).endsWith("/cancel"))).toBe(true);
  expect(seen.attempt).toMatchObject({ is: "over", problem: { code: "ccp_microphone" } });
});

test("trouble with the sound of a conversation does not end it", async () => {
  const phone = softphone(async (listener) => {
    listener.onContact(contact("connecting"));
    listener.onContact(contact("connected"));
    listener.onTrouble?.(problem("ccp_no_sound"));
  });
  const { around, asked, seen, start } = await surroundings((each) => {
    if (path(each) === poll) return newer([authorised, dialed, over], each);
    return path(each).endsWith("/contact") ? { status: 204, body: "" } : { body: authorised };
  }, phone);
  await place(start("agent"), around);
  expect(asked.some((each) => path(each).endsWith("/cancel"))).toBe(false);
  expect(seen.attempt).toMatchObject({ is: "over", call: { outcome: "answered" }, problem: null });
});

test("a contact that ends before the gate took the call was stopped by the gate", async () => {
  const phone = softphone(async (listener) => {
    listener.onContact(contact("connecting"));
    listener.onContact(contact("ended"));
  });
  const { around, seen, start } = await surroundings(untilCancelled(), phone);
  await place(start("agent"), around);
  expect(seen.attempt).toMatchObject({ is: "over", problem: { code: "gate_stopped" } });
});
