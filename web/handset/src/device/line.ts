import type { LineState, TelephoneLine } from "../engine/ports.ts";
import { openSocket } from "./socket.ts";

type Wire = Readonly<Record<string, unknown>>;

const IDLE: LineState = { kind: "idle" };

/** Say what the telephone shows after a message of the network. */
export function afterMessage(line: LineState, message: Wire, now: number): LineState {
  const leg = String(message["leg"] ?? "");
  const ours = line.kind !== "idle" && (line.leg === undefined || line.leg === leg);
  switch (message["type"]) {
    case "ringing":
      return line.kind === "idle"
        ? { kind: "ringing", leg, number: String(message["from"]) }
        : line;
    case "calling":
      return line.kind === "calling" ? { ...line, leg } : line;
    case "answered":
      return ours ? { kind: "talking", leg, number: line.number, since: now } : line;
    case "ended":
      return ours ? IDLE : line;
    case "refused":
      return line.kind === "calling" ? IDLE : line;
    default:
      return line;
  }
}

/** Attach to the telephone network (docs/simulators.md) as *number*. */
export function attachLine(
  url: string,
  number: string,
  onChange: (line: LineState) => void,
): TelephoneLine {
  let line: LineState = IDLE;
  const show = (changed: LineState) => {
    if (changed === line) return;
    line = changed;
    onChange(line);
  };

  const socket = openSocket(url, {
    onOpen: (send) => send({ type: "attach", number }),
    onDown: () => show(IDLE),
    onMessage: (message) => show(afterMessage(line, message, Date.now())),
  });

  return {
    answer: () => {
      if (line.kind === "ringing") socket.send({ type: "answer", leg: line.leg });
    },
    hangUp: () => {
      if (line.kind === "idle") return;
      const type = line.kind === "ringing" ? "decline" : "hangup";
      socket.send({ type, leg: line.leg ?? null });
      show(IDLE);
    },
    call: (to) => {
      if (line.kind !== "idle") return;
      show({ kind: "calling", number: to });
      socket.send({ type: "call", to });
    },
    close: socket.close,
  };
}
