/** The softphone of the Connect simulator: `POST /browser/dial` and WebSocket `/browser`. */

import { ApiError, problem } from "./api.ts";
import type { Contact, Softphone, SoftphoneListener } from "./softphone.ts";

const RECONNECT_MS = 1_000;

export function simulatedBrowserDial(url: string, agentArn: string): Softphone {
  const listeners = new Set<SoftphoneListener>();
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let ready = false;

  const tell = (now: boolean) => {
    ready = now;
    for (const each of listeners) each.onReady(ready);
  };

  const open = () => {
    const opened = new WebSocket(
      `${url.replace(/^http/, "ws")}/browser?${new URLSearchParams({ agentArn })}`,
    );
    socket = opened;
    opened.onopen = () => tell(true);
    opened.onmessage = (message) => {
      const contact = readContact(message.data);
      if (contact) for (const each of listeners) each.onContact(contact);
    };
    opened.onclose = () => {
      if (socket !== opened) return;
      tell(false);
      retry = setTimeout(open, RECONNECT_MS);
    };
  };

  const close = () => {
    clearTimeout(retry);
    const closing = socket;
    socket = null;
    closing?.close();
  };

  return {
    listen(listener) {
      listeners.add(listener);
      if (listeners.size === 1) open();
      else listener.onReady(ready);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) close();
      };
    },

    async dial(number, queueArn) {
      const body = JSON.stringify({ agentArn, number, queueArn });
      const headers = { "Content-Type": "application/json" };
      const request = { method: "POST", headers, body };
      const answer = await fetch(`${url}/browser/dial`, request).catch((error: unknown) => {
        throw new ApiError(problem("softphone_down", { technical: String(error) }));
      });
      if (answer.ok) return;
      const technical = await answer.text();
      throw new ApiError(problem("softphone_refused", { status: answer.status, technical }));
    },

    hangUp(contactId) {
      socket?.send(JSON.stringify({ type: "hangup", contactId }));
    },
  };
}

function readContact(data: unknown): Contact | null {
  try {
    const message: unknown = JSON.parse(String(data));
    const isContact = (message as { type?: unknown } | null)?.type === "contact";
    return isContact ? (message as Contact) : null;
  } catch {
    return null;
  }
}
