/** Does the CCP answer from a frame of this page? */

/** Streams asks a CCP whether it lives with `synchronize`, and it says `acknowledge`. */
const ASK = { event: "synchronize" };
/** The CCP listens only once it has loaded, which no event outside its frame tells. */
const ASK_EVERY_MS = 500;

/** True at the first message from the instance; false once aborted. */
export function answersInFrame(url: string, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  const { origin } = new URL(url);
  const frame = hiddenFrame(url);
  return new Promise((resolve) => {
    const settle = (answered: boolean) => {
      clearInterval(asking);
      window.removeEventListener("message", hear);
      signal.removeEventListener("abort", abort);
      frame.remove();
      resolve(answered);
    };
    const hear = (message: MessageEvent) => {
      if (message.source === frame.contentWindow && message.origin === origin) settle(true);
    };
    const abort = () => settle(false);
    const asking = setInterval(() => frame.contentWindow?.postMessage(ASK, origin), ASK_EVERY_MS);
    window.addEventListener("message", hear);
    signal.addEventListener("abort", abort);
    document.body.append(frame);
  });
}

function hiddenFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = url;
  frame.hidden = true;
  frame.title = "";
  frame.ariaHidden = "true";
  return frame;
}
