import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checked } from "../src/config.ts";
import { words } from "../src/strings.ts";

const page = readFileSync(new URL("../../../docs/preflight.md", import.meta.url), "utf8");
const { session, permission, microphone, signalling, media, origin } = words.preflight;
const fixed = { ...session, ...permission, ...microphone, ...media };
const sentences = [
  ...Object.values(fixed),
  signalling.offline,
  signalling.unreachable("*host*"),
  signalling.silent("*host*"),
  origin.silent("*origin*", "*host*"),
  origin.unreachable("*origin*", "*host*"),
];

const good = [session, permission, microphone, signalling, media, origin].map(({ ok }) => ok);

test.each(sentences.filter((each) => !(good as string[]).includes(each)))(
  "the page for administrators has the sentence %j",
  (sentence) => {
    expect(page).toContain(sentence);
  },
);

test("a server that says nothing of a CCP or STUN servers leaves those checks out", () => {
  const oidc = { authority: "https://idp", clientId: "c", scope: "openid" };
  const older = { api: "", oidc, dialMode: "agent", bank: { name: "Example Bank" } } as const;
  expect(checked(older)).toMatchObject({ ccpUrl: null, stun: [] });
});
