/** The panel's side of the framework, under the name and in the place of Microsoft's library. */

(() => {
  const { crmurl } = document.currentScript.dataset;
  const handlers = new Map();
  const waiting = new Map();
  let calls = 0;

  const post = (message) => window.parent.postMessage({ cif: true, ...message }, crmurl);
  const call = (method, ...args) => {
    calls += 1;
    const number = calls;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      post({ call: number, method, args });
    });
  };

  function handle({ event, name, input }) {
    const answer = handlers.get(name)?.(input);
    const promise = typeof answer?.then === "function";
    if (promise) answer.then(() => post({ handled: event, promise }));
    else post({ handled: event, promise });
  }

  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== crmurl || source !== window.parent || !data?.cif) return;
    if (data.event) handle(data);
    const asked = waiting.get(data.answer);
    if (!asked) return;
    waiting.delete(data.answer);
    if (data.error) asked.reject(new Error(data.error));
    else asked.resolve(data.value);
  });

  window.Microsoft = {
    CIFramework: {
      addHandler(name, handler) {
        handlers.set(name, handler);
        return call("addHandler", name);
      },
      removeHandler(name) {
        handlers.delete(name);
        return call("removeHandler", name);
      },
      setClickToAct: (on) => call("setClickToAct", on),
      setMode: (mode) => call("setMode", mode),
      getEnvironment: () => call("getEnvironment"),
      retrieveRecord: (table, id, query) => call("retrieveRecord", table, id, query),
    },
  };
  window.dispatchEvent(new Event("CIFInitDone"));
})();
