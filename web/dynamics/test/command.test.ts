import { expect, test } from "vitest";
import { type Answer, type Asked, backend } from "../../agent/test/backend.ts";
import { createCommand } from "../src/command/command.ts";
import { CALL_EVENT, type Panels } from "../src/command/panel.ts";
import type { Application, Tokens } from "../src/sign-in/tokens.ts";
import { connected, dialed, ended, me, missing, next, requested } from "./calls.ts";
import { dynamics, form, RECORD } from "./form.ts";

const over = ended(connected, 9, { outcome: "answered" });
const noPanels: Panels = { cif: null, open: () => false };
const signedIn: Tokens = { silent: async () => "token", popup: async () => "popup" };

/** Press the button against a real connection. */
async function desk(
  answer: (asked: Asked) => Answer | null | Promise<Answer | null>,
  options: { mode?: "server" | "agent"; panels?: Panels; tokens?: Tokens } = {},
) {
  const { url, asked } = await backend((each) =>
    each.path === "/me" ? { body: { ...me, dialMode: options.mode ?? "server" } } : answer(each),
  );
  const host = dynamics(url);
  const applications: Application[] = [];
  const command = createCommand(() => ({
    xrm: host.xrm,
    panels: options.panels ?? noPanels,
    startTokens: async (application) => {
      applications.push(application);
      return options.tokens ?? signedIn;
    },
  }));
  const orders = () => asked.filter((each) => each.method === "POST");
  return { ...host, url, asked, orders, applications, command };
}

/** Answer orders with the call, and polls with the first version that is newer. */
const through = (...calls: (typeof requested)[]) => {
  let callId = "";
  return (asked: Asked): Answer => {
    if (asked.method === "POST") {
      callId = (asked.body as { callId: string }).callId;
      return { body: { ...requested, callId } };
    }
    const after = Number(new URL(asked.path, "http://x").searchParams.get("after"));
    const call = calls.find((each) => each.version > after);
    return call ? { body: { ...call, callId } } : missing;
  };
};

test("a press orders one call for the record on the form, without its braces", async () => {
  const { command, orders } = await desk(through(dialed, connected, over));
  await command(form());
  expect(orders()).toHaveLength(1);
  expect(orders()[0]).toMatchObject({ path: "/initiate-verified-call" });
  const body = orders()[0]?.body as Record<string, unknown>;
  expect(body).toEqual({ customerId: RECORD, callId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test("the bearer token goes along, and the agent is not named", async () => {
  const { command, orders } = await desk(through(over));
  await command(form());
  expect(orders()[0]?.headers.authorization).toBe("Bearer token");
});

test("a control that knows its form will do, as the ribbon passes one", async () => {
  const { command, orders } = await desk(through(over));
  await command({ getFormContext: () => form("lead") });
  expect(orders()).toHaveLength(1);
});

test("the form is covered until the phone rings, then a bar shows the code to read out", async () => {
  const { command, shown, allBars, bars, covered } = await desk(through(dialed, connected, over));
  await command(form());
  expect(shown.at(0)).toBe("Preparing the verified call…");
  expect(shown).toContain("Verified call: Notifying customer…");
  expect(allBars.at(0)?.message).toContain(`code ${dialed.matchCode}`);
  expect(allBars.at(-1)).toMatchObject({ level: 1 });
  expect([covered(), bars.size]).toEqual([false, 0]);
});

test("a call that went well ends without a dialog", async () => {
  const { command, alerts } = await desk(through(over));
  await command(form());
  expect(alerts).toEqual([]);
});

test("a refusal is shown in the server's own sentence", async () => {
  const detail = "It is 22:10 where the customer is. Call after 08:00 there.";
  const { command, alerts, covered } = await desk((asked) =>
    asked.method === "POST" ? { status: 403, body: { code: "quiet_hours", detail } } : missing,
  );
  await command(form());
  expect(alerts).toEqual([{ title: expect.any(String), text: detail }]);
  expect(covered()).toBe(false);
});

test("a second press while a call is under way orders no second one", async () => {
  const { command, orders } = await desk(through(dialed, over));
  await Promise.all([command(form()), command(form())]);
  expect(orders()).toHaveLength(1);
});

test("after a call has ended the next press orders the next call", async () => {
  const { command, orders } = await desk(through(over));
  await command(form());
  await command(form());
  expect(new Set(orders().map((each) => (each.body as { callId: string }).callId)).size).toBe(2);
});

test("a record that was never saved is refused with a plain sentence, and nobody is asked", async () => {
  const { command, alerts, asked } = await desk(through(over));
  await command(form("contact", ""));
  expect(alerts.map((each) => each.text)).toEqual([
    "Save the record first. Only a customer who is on record can be called.",
  ]);
  expect(asked).toEqual([]);
});

test("a record of another kind is no customer", async () => {
  const { command, alerts, asked } = await desk(through(over));
  await command(form("opportunity"));
  expect([alerts.length, asked.length]).toEqual([1, 0]);
});

test("an environment variable without a value is named", async () => {
  const host = dynamics("", { rp_ClientId: "" });
  const command = createCommand(() => {
    return { xrm: host.xrm, panels: noPanels, startTokens: async () => signedIn };
  });
  await command(form());
  expect(host.alerts[0]?.text).toContain("rp_ApiAddress, rp_ClientId");
});

test("the sign-in knows the user, and comes back to the solution's own page", async () => {
  const { command, applications } = await desk(through(over));
  await command(form());
  expect(applications).toEqual([
    {
      authority: "https://login.microsoftonline.com/tenant/v2.0",
      clientId: "client",
      scope: "api://ringproof/VerifiedCall.Start",
      redirectUri: "https://org.crm.dynamics.com/WebResources/rp_/redirect.html",
      loginHint: "ayesha@bank.example",
    },
  ]);
});

test("a blocked sign-in window is said, and nothing is ordered", async () => {
  const blocked = { silent: async () => null, popup: () => Promise.reject(new Error("blocked")) };
  const { command, alerts, asked } = await desk(through(over), { tokens: blocked });
  await command(form());
  expect(alerts[0]?.text).toContain("Allow pop-ups");
  expect(asked).toEqual([]);
});

test("where the agent's browser dials, the docked panel is told, and nothing is ordered here", async () => {
  const raised: [string, unknown][] = [];
  const raiseEvent = async (name: string, input: string) => {
    raised.push([name, JSON.parse(input)]);
    return true;
  };
  const panels = { cif: { raiseEvent }, open: () => false };
  const { command, orders, alerts } = await desk(through(over), { mode: "agent", panels });
  await command(form());
  expect(raised).toEqual([[CALL_EVENT, { entityLogicalName: "contact", recordId: RECORD }]]);
  expect([orders().length, alerts.length]).toEqual([0, 0]);
});

test("without a docked panel a window with it is opened on the customer", async () => {
  const opened: string[] = [];
  const panels = { cif: null, open: (url: string) => opened.push(url) > 0 };
  const { command, url } = await desk(through(over), { mode: "agent", panels });
  await command(form());
  expect(opened).toEqual([`${url}/dynamics/#customer=${RECORD}`]);
});

test("a panel that the browser will not open is said", async () => {
  const { command, alerts } = await desk(through(over), { mode: "agent" });
  await command(form());
  expect(alerts[0]?.text).toContain("could not be opened");
});

test("the cancel on the bar calls the call off", async () => {
  const cancelled = next(dialed, 1, { state: "cancelled" });
  const answer = through(dialed);
  let release: (call: Answer) => void = () => undefined;
  const pending = new Promise<Answer>((resolve) => {
    release = resolve;
  });
  let callId = "";
  const { command, allBars, alerts, orders } = await desk((asked) => {
    if (asked.path.endsWith("/cancel")) {
      const body = { ...cancelled, callId };
      release({ body });
      return { body };
    }
    if (asked.method === "POST") callId = (asked.body as { callId: string }).callId;
    const after = new URL(asked.path, "http://x").searchParams.get("after");
    return asked.method === "GET" && Number(after) >= dialed.version ? pending : answer(asked);
  });
  const pressed = command(form());
  await expect.poll(() => allBars.length).toBeGreaterThan(0);
  allBars.at(-1)?.action?.eventHandler();
  await pressed;
  expect(orders().at(-1)?.path).toMatch(/\/cancel$/);
  expect(alerts).toHaveLength(1);
});
