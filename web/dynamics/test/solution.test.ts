import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { pack } from "../solution/pack.ts";
import { COMMAND, WEB_RESOURCES } from "../solution/parts.ts";
import { script } from "../solution/write.ts";
import { element } from "../solution/xml.ts";

const built = new Map(WEB_RESOURCES.map(({ file }) => [file, `content of ${file}`]));
const hash = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

test("the same files give the same bytes", () => {
  expect(hash(pack(built))).toBe(hash(pack(built)));
});

test("the zone of the machine that packs changes nothing", () => {
  const before = process.env["TZ"];
  const zones = ["UTC", "Pacific/Auckland"].map((zone) => {
    process.env["TZ"] = zone;
    return hash(pack(built));
  });
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
  expect(new Set(zones).size).toBe(1);
});

test("the command is built the same twice, into one file that makes the global", {
  timeout: 60_000,
}, async () => {
  const twice = [0, 1].map(() => script("../src/command/main.ts", "Ringproof"));
  const [one, two] = await Promise.all(twice);
  expect(hash(one ?? "")).toBe(hash(two ?? "1"));
  expect(one).toMatch(/^var Ringproof ?= ?/);
  expect(one).toContain("initiateVerifiedCall");
  expect(one).not.toMatch(/\bimport\(/);
});

test("every web resource is in the package, as it was built", () => {
  const texts = Object.values(unzipSync(pack(built))).map((each) => new TextDecoder().decode(each));
  for (const text of built.values()) expect(texts).toContain(text);
});

test("a web resource that was not built stops the packing", () => {
  expect(() => pack(new Map())).toThrow(COMMAND.file);
});

test("text cannot break out of its element", () => {
  expect(element("a", "<b>&", { c: '"<' })).toBe('<a c="&quot;&lt;">&lt;b&gt;&amp;</a>');
});
