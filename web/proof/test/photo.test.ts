import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPhoto } from "../src/index.ts";

const PICTURE = Buffer.from("a small picture");
const LARGE = Buffer.alloc(20_001);
const integrity = (bytes: Buffer) =>
  `sha256-${createHash("sha256").update(bytes).digest("base64")}`;

let host: Server;
let origin: string;

beforeAll(async () => {
  host = createServer((request, response) => {
    if (request.url === "/moved") response.writeHead(302, { location: "/small" }).end();
    else if (request.url === "/gone") response.writeHead(404).end();
    else response.end(request.url === "/large" ? LARGE : PICTURE);
  });
  await new Promise<void>((listening) => host.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});

afterAll(() => {
  host.close();
});

test("a photo with the promised hash is shown", async () => {
  const photo = { url: `${origin}/small`, integrity: integrity(PICTURE) };

  expect(await loadPhoto(photo, origin)).toMatchObject({ ok: true });
});

test.each([
  ["another picture", "/small", integrity(Buffer.from("another")), "photo_mismatch"],
  ["more than 20 KB", "/large", integrity(LARGE), "photo_mismatch"],
  ["a redirection", "/moved", integrity(PICTURE), "photo_unreachable"],
  ["no picture", "/gone", integrity(PICTURE), "photo_unreachable"],
])("%s is not shown", async (_name, path, promised, code) => {
  const verdict = await loadPhoto({ url: origin + path, integrity: promised }, origin);

  expect(verdict).toEqual({ ok: false, code });
});

test("another host is never asked", async () => {
  const photo = { url: "https://elsewhere.example/p", integrity: integrity(PICTURE) };

  expect(await loadPhoto(photo, origin)).toEqual({ ok: false, code: "photo_mismatch" });
});
