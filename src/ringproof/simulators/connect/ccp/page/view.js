/** What the agent sees and presses. */

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0", "⌫"];
const find = (id) => document.getElementById(id);

export function showSignedIn(name, { dial, endSession }) {
  find("signed-in").hidden = false;
  find("agent").textContent = name;
  find("end").onclick = endSession;
  const number = find("number");
  find("keys").replaceChildren(...KEYS.map((key) => keyOf(key, number)));
  find("pad").onsubmit = async (submitted) => {
    submitted.preventDefault();
    find("refused").textContent = "";
    const refused = await dial(number.value).then(
      () => "",
      (error) => `${error.type}: ${error.message}`,
    );
    find("refused").textContent = refused;
  };
}

export function showSignedOut(signIn) {
  find("signed-in").hidden = true;
  find("signed-out").hidden = false;
  find("elsewhere").hidden = signIn !== null;
  find("sign-in").hidden = signIn === null;
  find("sign-in").onclick = signIn;
}

export function showContacts(state, contacts, hangUp) {
  find("state").textContent = state;
  find("contacts").replaceChildren(
    ...[...contacts].map(({ contactId, number, state }) => {
      const line = document.createElement("li");
      line.append(
        `${number} · ${state}`,
        button("Hang up", () => hangUp(contactId)),
      );
      return line;
    }),
  );
}

function keyOf(key, number) {
  const press = button(key, () => {
    number.value = key === "⌫" ? number.value.slice(0, -1) : number.value + key;
  });
  if (key === "⌫") press.ariaLabel = "Delete the last digit";
  return press;
}

function button(text, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.onclick = press;
  return made;
}
