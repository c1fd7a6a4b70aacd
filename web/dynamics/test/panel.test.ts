import type { Wish } from "@ringproof/agent/desktop.ts";
import { expect, test } from "vitest";
import { CALL_EVENT } from "../src/command/panel.ts";
import { cifDesktop } from "../src/panel/cif-desktop.ts";
import { RECORD } from "./form.ts";
import { framework } from "./framework.ts";

const page = (entity: string, id = RECORD) =>
  `https://org.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=${entity}&id=${id}`;
const click = {
  value: "+15550000000",
  name: "mobilephone",
  format: "phone",
  entityLogicalName: "contact",
};
const stored = "+44 7700 900101";

async function panel(options: { listens?: boolean; slow?: Promise<void> } = {}) {
  const host = framework({ mobilephone: stored }, page("contact"), options.slow);
  const said: (string | null)[] = [];
  const wishes: Wish[] = [];
  const desktop = await cifDesktop(host.cif, (sentence) => said.push(sentence));
  if (options.listens ?? true) desktop.listen((wish) => wishes.push(wish));
  const calls = () => wishes.filter((each) => each.call);
  return { ...host, desktop, said, wishes, calls };
}

test("clicks are turned on", async () => {
  const { clickToAct } = await panel();
  expect(clickToAct()).toBe(true);
});

test.each([
  ["an object", click],
  ["a JSON string", JSON.stringify(click)],
  ["a Map", new Map(Object.entries(click))],
])(
  "a click that comes as %s calls the number in the record, not the one in the event",
  async (_, input) => {
    const { raise, calls, asked } = await panel();
    await raise("onclicktoact", input);
    expect(calls()).toEqual([{ customerId: RECORD, phone: stored, call: true }]);
    expect(asked).toContain(`contact ${RECORD} ?$select=mobilephone`);
  },
);

test("the handler's promise resolves, so that no other dial follows", async () => {
  const { raise } = await panel();
  await expect(raise("onclicktoact", click)).resolves.toBeUndefined();
  await expect(raise("onclicktoact", "rubbish")).resolves.toBeUndefined();
});

test("a second click while the first is being read changes nothing", async () => {
  let go: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { raise, calls } = await panel({ slow });
  const first = raise("onclicktoact", click);
  await raise("onclicktoact", click);
  go();
  await first;
  expect(calls()).toHaveLength(1);
});

test("a click while a call is under way changes nothing", async () => {
  const { raise, calls, desktop } = await panel();
  desktop.busy(true);
  await raise("onclicktoact", click);
  expect(calls()).toEqual([]);
});

test("a number of another record than the one on screen is not called", async () => {
  const { raise, calls, said } = await panel();
  await raise("onclicktoact", { ...click, entityLogicalName: "account" });
  expect(calls()).toEqual([]);
  expect(said.at(-1)).toContain("Open the customer's record");
});

test("a name that is no column never reaches Dataverse", async () => {
  const { raise, calls, asked } = await panel();
  const before = asked.length;
  await raise("onclicktoact", { ...click, name: "mobilephone,emailaddress1&$expand=owner" });
  expect([calls().length, asked.length]).toEqual([0, before]);
});

test("an empty field is said", async () => {
  const { raise, said } = await panel();
  await raise("onclicktoact", { ...click, name: "telephone1" });
  expect(said.at(-1)).toBe("This record has no number in that field.");
});

test("before the sign-in a click says so", async () => {
  const { raise, said } = await panel({ listens: false });
  await raise("onclicktoact", click);
  expect(said.at(-1)).toContain("Sign in here first");
});

test("the panel shows the record that is on screen, from the start and after each step", async () => {
  const { raise, wishes } = await panel();
  await raise("onpagenavigate", { value: page("lead", "{0F0F0F0F-0000-4000-8000-000000000001}") });
  expect(wishes).toEqual([
    { customerId: RECORD, phone: null, call: false },
    { customerId: "0f0f0f0f-0000-4000-8000-000000000001", phone: null, call: false },
  ]);
});

test("away from a customer's record a click has nothing to call", async () => {
  const { raise, calls } = await panel();
  await raise("onpagenavigate", JSON.stringify({ value: page("systemuser") }));
  await raise("onclicktoact", click);
  expect(calls()).toEqual([]);
});

test("the command on the form calls through the panel, and opens it", async () => {
  const { raise, calls, modes } = await panel();
  const input = JSON.stringify({ entityLogicalName: "contact", recordId: `{${RECORD}}` });
  await raise(CALL_EVENT, new Map([["value", input]]));
  expect(calls()).toEqual([{ customerId: RECORD, phone: null, call: true }]);
  expect(modes).toEqual([1]);
});
