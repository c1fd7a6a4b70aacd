/** One form: its record, its command bar, and a phone field with click-to-act. */

import { createHost } from "./host.js";
import { createXrm } from "./xrm.js";

const find = (id) => document.getElementById(id);
const organisation = await (await fetch("/organisation.json")).json();

const onScreen = () => {
  const asked = new URL(window.location.href).searchParams;
  const id = (asked.get("id") ?? "").replace(/[{}]/g, "").toLowerCase();
  return organisation.records.find((each) => each.id === id && each.table === asked.get("etn"));
};

const addressOf = ({ table, id }) => `/main.aspx?pagetype=entityrecord&etn=${table}&id=${id}`;

const host = createHost(find("panel"), organisation, (table, id) =>
  organisation.records.find((each) => each.table === table && each.id === id),
);
window.Xrm = createXrm(organisation);
window.Microsoft = { CIFramework: { raiseEvent: host.raise } };

function show() {
  const record = onScreen();
  find("name").textContent = record?.name ?? "New record";
  find("phone").textContent = record?.phone ?? "";
  const table = new URL(window.location.href).searchParams.get("etn");
  const commands = organisation.commands.filter((each) => each.table === table);
  find("commands").replaceChildren(...commands.map(button));
}

function button(command) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = command.label;
  made.onclick = () => run(command);
  return made;
}

/** The form as a command gets it; a record that was never saved has no id. */
function formContext() {
  const record = onScreen();
  const table = new URL(window.location.href).searchParams.get("etn");
  const getId = () => (record ? `{${record.id.toUpperCase()}}` : "");
  return { data: { entity: { getId, getEntityName: () => table } } };
}

const loaded = new Map();

/** Load the web resource at the first press, as Dynamics does, then run its function. */
async function run({ web_resource, function: name, parameters }) {
  if (!loaded.has(web_resource)) loaded.set(web_resource, load(`/WebResources/${web_resource}`));
  await loaded.get(web_resource);
  const found = name.split(".").reduce((object, key) => object?.[key], window);
  const PRIMARY_CONTROL = 5;
  found(...parameters.map((type) => (type === PRIMARY_CONTROL ? formContext() : undefined)));
}

function load(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

find("phone").onclick = async () => {
  const record = onScreen();
  const payload = document.querySelector("input[name=payload]:checked").value;
  const said = {
    value: record.phone,
    name: "mobilephone",
    format: "phone",
    entityLogicalName: record.table,
  };
  // Without click-to-act, or without a promise for an answer, the number is dialed as a link.
  if (!(await host.click(said, payload))) find("default-dials").value++;
};

find("records").replaceChildren(
  ...organisation.records.map((record) => {
    const link = document.createElement("a");
    link.href = addressOf(record);
    link.textContent = record.name;
    link.onclick = (event) => {
      event.preventDefault();
      window.history.pushState(null, "", link.href);
      show();
      host.navigated();
    };
    return link;
  }),
);
window.addEventListener("popstate", () => {
  show();
  host.navigated();
});
show();
