/** A WebSocket that comes back: it waits longer after each failure, and at most ten seconds. */
export interface Socket {
  send(message: object): void;
  close(): void;
}

export interface SocketEvents {
  readonly onOpen: (send: (message: object) => void) => void;
  readonly onMessage: (message: Readonly<Record<string, unknown>>) => void;
  readonly onDown: () => void;
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

export function openSocket(url: string, events: SocketEvents): Socket {
  let socket: WebSocket;
  let wait = FIRST_WAIT;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const send = (message: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  function connect() {
    socket = new WebSocket(url);
    socket.onopen = () => {
      wait = FIRST_WAIT;
      events.onOpen(send);
    };
    socket.onmessage = ({ data }) => events.onMessage(JSON.parse(String(data)));
    socket.onclose = () => {
      if (closed) return;
      events.onDown();
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  }

  connect();
  return {
    send,
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}
