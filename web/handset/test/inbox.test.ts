import { memoryOnly } from "@ringproof/proof";
import { expect, test } from "vitest";
import { NOW, openTestBank, seal } from "../../proof/test/bank.ts";
import { type Inbox, receive } from "../src/engine/inbox.ts";

async function opened() {
  const bank = await openTestBank();
  const inbox: Inbox = {
    trust: bank.trust,
    service: "apns",
    sealingKeys: bank.deviceKeys,
    seen: memoryOnly(),
  };
  return {
    bank,
    push: async (type: string, token: string) => {
      const info = `ringproof/1|${type}|apns|${bank.trust.deviceId}`;
      const sealed = await seal(token.padEnd(2048), bank.deviceKeys.publicKey, info);
      return receive(inbox, { type, sealed }, NOW);
    },
  };
}

test("an announcement that comes after its end notice lights up no card", async () => {
  const { bank, push } = await opened();

  expect(await push("call_update", await bank.update())).toMatchObject({ kind: "update" });
  expect(await push("call_verification", await bank.passport())).toEqual({ kind: "over" });
});

test("the end of one call says nothing of another", async () => {
  const { bank, push } = await opened();
  await push("call_update", await bank.update());

  const other = await push("call_verification", await bank.passport({ cid: "call-2" }));

  expect(other).toMatchObject({ kind: "announcement", announcement: { callId: "call-2" } });
});

test("a forged end notice ends nothing", async () => {
  const { bank, push } = await opened();
  const forged = (await bank.update()).replace(/.$/, (last) => (last === "A" ? "B" : "A"));

  expect(await push("call_update", forged)).toMatchObject({ kind: "unverified" });
  expect(await push("call_verification", await bank.passport())).toMatchObject({
    kind: "announcement",
  });
});
