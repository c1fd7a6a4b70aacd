/** `Xrm`, as far as commands on a form use it. */

const find = (id) => document.getElementById(id);

export function createXrm(organisation) {
  return {
    Utility: {
      getGlobalContext: () => ({
        getClientUrl: () => window.location.origin,
        userSettings: { userId: "{0A0A0A0A-0000-4000-8000-000000000001}" },
      }),
      showProgressIndicator(message) {
        find("progress").firstElementChild.textContent = message;
        if (!find("progress").open) find("progress").showModal();
      },
      closeProgressIndicator: () => find("progress").close(),
    },
    App: { addGlobalNotification, clearGlobalNotification },
    Navigation: { openAlertDialog },
    WebApi: {
      retrieveRecord: async () => ({}),
      retrieveMultipleRecords: async (table) => ({ entities: rows(organisation, table) }),
    },
  };
}

function rows({ variables }, table) {
  if (table !== "environmentvariabledefinition") return [];
  return Object.entries(variables).map(([schemaname, value]) => ({
    schemaname,
    defaultvalue: null,
    environmentvariabledefinition_environmentvariablevalue: [{ value }],
  }));
}

let bars = 0;

async function addGlobalNotification({ message, action }) {
  bars += 1;
  const bar = Object.assign(document.createElement("div"), { id: `bar-${bars}`, className: "bar" });
  bar.append(message);
  if (action) {
    const made = document.createElement("button");
    made.textContent = action.actionLabel;
    made.onclick = action.eventHandler;
    bar.append(" ", made);
  }
  find("notifications").append(bar);
  return bar.id;
}

async function clearGlobalNotification(id) {
  find(id)?.remove();
}

function openAlertDialog({ title, text }) {
  const dialog = find("alert");
  const [heading, paragraph, ok] = dialog.children;
  heading.textContent = title ?? "";
  paragraph.textContent = text;
  ok.onclick = () => dialog.close();
  dialog.showModal();
  return new Promise((closed) => {
    dialog.addEventListener("close", closed, { once: true });
  });
}
