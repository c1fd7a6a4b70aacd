import { expect, test } from "vitest";
import { checked } from "../src/config.ts";
import { softphoneOf } from "../src/use-softphone.ts";
import type { Me } from "../src/wire.ts";

const me = { name: "Ayesha Rahman", connectUserArn: "arn:aws:connect:agent/a-1" } as Me;
const config = checked({
  api: "",
  oidc: { authority: "https://idp.example", clientId: "agent", scope: "openid" },
  dialMode: "agent",
  bank: { name: "Example Bank" },
});

test("a page that is told of no softphone has none", () => {
  expect(softphoneOf(config, me)).toBeNull();
});

test("the simulated browser dial has nothing to be seen, and tells no permissions", () => {
  const softphone = softphoneOf({ ...config, browserDial: { url: "http://127.0.0.1:8405" } }, me);
  expect(softphone).toMatchObject({ dial: expect.any(Function) });
  expect([softphone?.panel, softphone?.permissions]).toEqual([undefined, undefined]);
});

test("a CCP is seen, and tells the agent's permissions", () => {
  const softphone = softphoneOf({ ...config, ccpUrl: "https://bank.my.connect.aws/ccp-v2" }, me);
  expect(softphone?.panel).toBeDefined();
  expect(softphone?.permissions).toBeDefined();
});
