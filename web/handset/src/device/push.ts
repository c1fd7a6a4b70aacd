import type { PushEvents, PushMessage, PushService } from "../engine/ports.ts";
import { openSocket } from "./socket.ts";

type Wire = Readonly<Record<string, unknown>>;
type Read = (message: Wire) => unknown;

/** APNs delivers the stored body as text. */
const apns: Read = ({ payload }) => JSON.parse(String(payload));
/** FCM delivers a map of strings. */
const fcm: Read = ({ data }) => data;

const READ = { apns, fcm } as const;

function toMessage(body: unknown): PushMessage | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { type, sealed } = body as Wire;
  return typeof type === "string" && typeof sealed === "string" ? { type, sealed } : undefined;
}

function read(service: keyof typeof READ, wire: Wire): PushMessage | undefined {
  try {
    return toMessage(READ[service](wire));
  } catch {
    return undefined;
  }
}

/** Connect to the device side of a push service (docs/simulators.md) as *app*. */
export function connectPush(
  service: keyof typeof READ,
  url: string,
  app: string,
  events: PushEvents,
): PushService {
  let token: string | undefined;
  let registered: ((token: string) => void) | undefined;
  let wanted = false;

  const register = (send: (message: object) => void) => {
    if (wanted) send({ type: "register", app, token: token ?? null });
  };

  const socket = openSocket(url, {
    onOpen: register,
    onDown: () => events.onConnected(false),
    onMessage: (wire) => {
      if (wire["type"] === "registered") {
        token = String(wire["token"]);
        events.onConnected(true);
        registered?.(token);
      } else if (wire["type"] === "push") {
        const message = read(service, wire);
        if (message) events.onMessage(message);
      }
    },
  });

  return {
    register: (known) =>
      new Promise((resolve) => {
        token = known;
        wanted = true;
        registered = resolve;
        register(socket.send);
      }),
    unregister: () => socket.send({ type: "unregister" }),
    close: socket.close,
  };
}
