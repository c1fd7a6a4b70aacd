/** The conduit of Streams 2.28.2: `{ event, data }`, by postMessage, between this frame and its page. */

const embedded = window.parent !== window;
// Only an approved origin can be around this frame; browsers that name it let us name it too.
const around = location.ancestorOrigins?.[0] ?? "*";

/** Send *data* down to the page; a panel in a window of its own has nobody to tell. */
export function down(event, data) {
  if (embedded) window.parent.postMessage({ event, data }, around);
}

/**
 * Obey the page. *panel* has `answering` (false once the session is over: then it is silent),
 * `configured()` and `call(method, params)`, which resolves or rejects with an error of Connect's.
 */
export function serve(panel) {
  const answers = {
    synchronize: () => down("acknowledge"),
    configure: () => panel.configured(),
    broadcast: ({ event, data }) => down(event, data),
    master_request: ({ requestId, params }) =>
      reply("master_response", requestId, { topic: params.topic, isMaster: true, masterId: "ccp" }),
    api_request: async ({ requestId, method, params }) => {
      try {
        reply("api_response", requestId, await panel.call(method, params));
      } catch (refused) {
        reply("api_response", requestId, null, JSON.stringify(refused));
      }
    },
  };
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || !panel.answering) return;
    answers[data?.event]?.(data.data);
  });
  // Streams says nothing until it has heard this.
  down("acknowledge", { id: crypto.randomUUID() });
}

function reply(event, requestId, data, err = null) {
  down(event, { event, requestId, data, err });
}
