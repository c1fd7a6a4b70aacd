import { beforeAll, describe, expect, test } from "vitest";
import { memoryOnly, verifyCallUpdate, verifyPassport } from "../src/index.ts";
import { NOW, openTestBank, type TestBank } from "./bank.ts";

let bank: TestBank;
let token: string;
beforeAll(async () => {
  bank = await openTestBank();
  token = await bank.passport();
});

const codeOf = async (text: string) => {
  const verdict = await verifyPassport(text, bank.trust, memoryOnly(), NOW);
  return verdict.ok ? "ok" : verdict.code;
};

/** The same bits in another spelling: the last character of 64 bytes carries four unused bits. */
function respelled(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
}

describe("only the one spelling of a token is read", () => {
  const spellings: [string, (text: string) => string][] = [
    ["a trailing space", (text) => `${text} `],
    ["a trailing newline", (text) => `${text}\n`],
    ["padding", (text) => `${text}==`],
    ["a fourth part", (text) => `${text}.AA`],
    ["unused bits of the last character", respelled],
    ["a longer signature", (text) => `${text}AA`],
    ["a shorter signature", (text) => text.slice(0, -1)],
    ["nothing", () => ""],
    ["more than 2,000 bytes", (text) => `${"A".repeat(2000)}.${text}`],
  ];

  test.each(spellings)("%s is malformed", async (_name, spell) => {
    expect(await codeOf(spell(token))).toBe("malformed");
  });
});

describe("the header is exactly one", () => {
  const sign = (header: string) => bank.sign(header, "{}", "proof");
  const headers: [string, string, string][] = [
    [
      "no signature algorithm",
      `{"alg":"none","kid":"proof","ppt":"rcd","typ":"passport"}`,
      "wrong_header",
    ],
    ["another order", `{"kid":"proof","alg":"ES256","ppt":"rcd","typ":"passport"}`, "wrong_header"],
    ["another case", `{"alg":"ES256","kid":"proof","ppt":"rcd","typ":"Passport"}`, "wrong_type"],
    [
      "a key by URL",
      `{"alg":"ES256","kid":"proof","ppt":"rcd","typ":"passport","x5u":"https://e"}`,
      "wrong_header",
    ],
    ["no extension", `{"alg":"ES256","kid":"proof","typ":"passport"}`, "wrong_header"],
    [
      "an unknown key that needs escaping",
      `{"alg":"ES256","kid":"a\\"b","ppt":"rcd","typ":"passport"}`,
      "unknown_kid",
    ],
    ["another type of ours", `{"alg":"ES256","kid":"proof","typ":"call-update+jwt"}`, "wrong_type"],
    ["an unknown key", `{"alg":"ES256","kid":"who","ppt":"rcd","typ":"passport"}`, "unknown_kid"],
    ["no JSON", "hello", "malformed"],
  ];

  test.each(headers)("%s is refused", async (_name, header, code) => {
    expect(await codeOf(await sign(header))).toBe(code);
  });
});

test("one changed bit of the claims breaks the signature", async () => {
  const [header, , signature] = token.split(".");
  const [, payload] = (await bank.passport({ mc: "48" })).split(".");

  expect(await codeOf(`${header}.${payload}.${signature}`)).toBe("bad_signature");
});

test("the key for status answers cannot sign a proof", async () => {
  const header = `{"alg":"ES256","kid":"status","ppt":"rcd","typ":"passport"}`;

  expect(await codeOf(await bank.sign(header, "{}", "status"))).toBe("unknown_kid");
});

test.each([`{"mc":"47","mc":"48"}`, `{ "mc":"47"}`, "[]", "null", "1"])(
  "the payload %s is no set of claims",
  async (payload) => {
    const header = `{"alg":"ES256","kid":"proof","ppt":"rcd","typ":"passport"}`;

    expect(await codeOf(await bank.sign(header, payload, "proof"))).toBe("bad_claims");
  },
);

test("a proof is no call update", async () => {
  expect(await verifyCallUpdate(token, bank.trust, NOW)).toEqual({ ok: false, code: "wrong_type" });
});
