/** A real HTTP server whose answers a test writes as functions. */

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Serve until the test is over; null from *answer* drops the connection. */
export async function backend(answer: (asked: Asked) => Answer | null | Promise<Answer | null>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: text ? JSON.parse(text) : undefined };
    asked.push(one);
    const said = await answer(one);
    if (!said) {
      request.socket.destroy();
      return;
    }
    response.writeHead(said.status ?? 200, said.headers);
    response.end(typeof said.body === "string" ? said.body : JSON.stringify(said.body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked };
}
