import type { Announcement, Caller, Status } from "@ringproof/proof";
import { expect, test } from "vitest";
import type { Bank } from "../src/engine/bank.ts";
import type { Arrival } from "../src/engine/inbox.ts";
import { type Phone, startPhone } from "../src/engine/phone.ts";

const caller: Caller = { bank: "B", agent: "Ayesha", reason: "R", matchCode: "47" };
const exp = Math.floor(Date.now() / 1000) + 150;
const announcement: Announcement = {
  ...caller,
  jti: "j",
  callId: "c",
  from: "442079460123",
  to: "447400100001",
  issuedAt: exp - 150,
  expiresAt: exp,
};
const arrival: Arrival = { kind: "announcement", announcement };

/** A phone whose bank writes down what it hears, and whose pushes are opened already. */
function phoneOf(answer?: Status, heard = true): { phone: Phone; said: string[] } {
  const said: string[] = [];
  const reply = heard
    ? ({ ok: true, body: {} } as const)
    : ({ ok: false, code: "offline" } as const);
  const bank: Bank = {
    receipt: async (evt, { jti }, code) => {
      said.push([evt, jti, code, phone.store.get().card?.kind ?? "no card"].join(" "));
      return reply;
    },
    ask: async () => answer,
    report: async (what, { cid }) => {
      said.push(`report ${what} ${cid}`);
      return reply;
    },
  };
  const phone: Phone = startPhone(
    {
      bank,
      deviceId: "d",
      receive: async ({ sealed }) => JSON.parse(sealed) as Arrival,
      remember: async (call) => [call],
      seen: async () => {},
    },
    [],
  );
  return { phone, said };
}

const push = (phone: Phone, what: Arrival) =>
  phone.onPush({ type: "call_verification", sealed: JSON.stringify(what) });

function until(phone: Phone, kind: string): Promise<void> {
  const shows = () => phone.store.get().card?.kind === kind;
  return new Promise((resolve) => {
    if (shows()) return resolve();
    const stop = phone.store.subscribe(() => {
      if (!shows()) return;
      stop();
      resolve();
    });
  });
}

test("delivered is on its way before the card is on the screen, opened after", async () => {
  const { phone, said } = phoneOf();

  push(phone, arrival);
  await until(phone, "announced");

  await expect.poll(() => said).toEqual(["delivered j  no card", "opened j  announced"]);
});

test("the same notice delivered twice is no news", async () => {
  const { phone, said } = phoneOf();
  push(phone, arrival);
  await until(phone, "announced");

  push(phone, { kind: "unverified", code: "replayed", cid: "c", jti: "j" });
  push(phone, { kind: "update", update: { jti: "u", callId: "c", outcome: "answered" } });
  await until(phone, "ended");

  expect(said.filter((line) => line.startsWith("unverified"))).toEqual([]);
});

test("a notice that fails is shown in amber and told to the bank by its code", async () => {
  const { phone, said } = phoneOf();

  push(phone, { kind: "unverified", code: "bad_signature", cid: "c", jti: "j" });
  await until(phone, "unverified");

  await expect.poll(() => said).toEqual(["unverified j bad_signature unverified"]);
});

test("a refusal that the bank did not hear is not promised", async () => {
  const { phone } = phoneOf(undefined, false);
  push(phone, arrival);
  await until(phone, "announced");

  phone.refuse("declined");
  await until(phone, "cannot_tell");
});

test("a call that rings unannounced is asked about at once", async () => {
  const { phone } = phoneOf({ answer: "not_us" });

  phone.onLine({ kind: "ringing", leg: "1", number: "+442079460123" });

  await until(phone, "not_us");
});

test("one tap reports; what happened comes after, and says about which call", async () => {
  const { phone, said } = phoneOf();
  push(phone, arrival);
  await until(phone, "announced");

  phone.startReport();
  await expect.poll(() => said.some((line) => line.startsWith("reported j"))).toBe(true);
  await phone.finishReport("asked_to_move_money");

  expect(said).toContain("report asked_to_move_money c");
  expect(phone.store.get().report?.step).toBe("thanks");
});

test("a report that was not sent says so", async () => {
  const { phone } = phoneOf(undefined, false);

  phone.startReport();
  await phone.finishReport("other");

  expect(phone.store.get().report?.step).toBe("failed");
});
