/** The page's side of the Channel Integration Framework: it docks the panel and tells it of events. */

export function createHost(frame, organisation, recordOf) {
  const panel = new URL(organisation.panel);
  const handlers = new Set();
  const waiting = new Map();
  let clickToAct = false;
  let events = 0;

  const post = (message) => frame.contentWindow.postMessage({ cif: true, ...message }, panel.origin);

  /** True if a handler took the event and answered with a promise. */
  const raise = async (name, input) => {
    if (!handlers.has(name)) return false;
    events += 1;
    const event = events;
    const taken = new Promise((resolve) => waiting.set(event, resolve));
    post({ event, name, input });
    return taken;
  };

  const methods = {
    setClickToAct: (on) => {
      clickToAct = on;
    },
    addHandler: (name) => void handlers.add(name),
    removeHandler: (name) => void handlers.delete(name),
    setMode: (mode) => {
      frame.hidden = mode === 0;
    },
    getEnvironment: () =>
      JSON.stringify({
        orgUniqueName: "simulated",
        clientUrl: window.location.origin,
        userId: "{0A0A0A0A-0000-4000-8000-000000000001}",
        currentUrl: window.location.href,
      }),
    retrieveRecord: (table, id) => {
      const record = recordOf(table, id.replace(/[{}]/g, "").toLowerCase());
      if (!record) throw new Error(`${table} With Id = ${id} Does Not Exist`);
      return JSON.stringify({ fullname: record.name, mobilephone: record.phone });
    },
  };

  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== panel.origin || source !== frame.contentWindow || !data?.cif) return;
    if (data.handled) {
      waiting.get(data.handled)?.(data.promise);
      waiting.delete(data.handled);
    } else if (data.call) {
      answer(data);
    }
  });

  function answer({ call, method, args }) {
    try {
      post({ answer: call, value: methods[method](...args) });
    } catch (error) {
      post({ answer: call, error: String(error) });
    }
  }

  frame.src = organisation.panel;
  return {
    raise,
    click: (said, payload) => (clickToAct ? raise("onclicktoact", formed(said, payload)) : false),
    navigated: () => raise("onpagenavigate", { value: window.location.href }),
  };
}

/** Published plug-ins have met all three. */
function formed(said, payload) {
  if (payload === "json") return JSON.stringify(said);
  return payload === "map" ? new Map(Object.entries(said)) : said;
}
