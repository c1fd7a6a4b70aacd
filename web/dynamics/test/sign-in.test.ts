import type { AccountInfo, AuthenticationResult } from "@azure/msal-browser";
import { expect, test } from "vitest";
import { type Client, entraTokens } from "../src/sign-in/entra.ts";
import { authorityOf, isEntra } from "../src/sign-in/tokens.ts";

const application = {
  authority: authorityOf("tenant"),
  clientId: "client",
  scope: "openid profile api://ringproof/VerifiedCall.Start",
  redirectUri: "https://org.crm.dynamics.com/WebResources/rp_/redirect.html",
  loginHint: "Ayesha@bank.example",
};
const account = { username: "ayesha@bank.example" } as AccountInfo;
const other = { username: "tom@bank.example" } as AccountInfo;

/** A client that writes down what it was asked, and answers only the ways that work. */
function client(works: ("cache" | "session" | "popup")[], accounts = [account]) {
  const asked: { way: string; request: unknown }[] = [];
  const way = (name: (typeof works)[number]) => async (request?: unknown) => {
    asked.push({ way: name, request });
    if (!works.includes(name)) throw new Error("interaction_required");
    return { accessToken: name } as AuthenticationResult;
  };
  const made: Client = {
    getAllAccounts: () => accounts,
    acquireTokenSilent: way("cache"),
    ssoSilent: way("session"),
    acquireTokenPopup: way("popup"),
  };
  return { made, asked, ways: () => asked.map((each) => each.way) };
}

test("the cache comes first", async () => {
  const { made, ways } = client(["cache", "session"]);
  expect(await entraTokens(made, application).silent()).toBe("cache");
  expect(ways()).toEqual(["cache"]);
});

test("then the browser's own session at Entra, for the user that Dynamics knows", async () => {
  const { made, asked } = client(["session"], []);
  expect(await entraTokens(made, application).silent()).toBe("session");
  const scopes = ["api://ringproof/VerifiedCall.Start"];
  expect(asked).toEqual([
    { way: "session", request: { scopes, loginHint: application.loginHint } },
  ]);
});

test("a cache that has run out falls back to the session", async () => {
  const { made, ways } = client(["session"]);
  expect(await entraTokens(made, application).silent()).toBe("session");
  expect(ways()).toEqual(["cache", "session"]);
});

test("nothing silent ever opens a window", async () => {
  const { made, ways } = client(["popup"]);
  expect(await entraTokens(made, application).silent()).toBeNull();
  expect(ways()).not.toContain("popup");
});

test("a click may open one", async () => {
  const { made } = client(["popup"]);
  expect(await entraTokens(made, application).popup()).toBe("popup");
});

test("another user's account in the cache is not taken", async () => {
  const { made, ways } = client(["cache"], [other]);
  expect(await entraTokens(made, application).silent()).toBeNull();
  expect(ways()).toEqual(["session"]);
});

test("without a name one account is taken, and of two none", async () => {
  const anyone = { ...application, loginHint: null };
  const one = client(["cache"], [account]);
  const two = client(["cache"], [account, other]);
  expect(await entraTokens(one.made, anyone).silent()).toBe("cache");
  expect(await entraTokens(two.made, anyone).silent()).toBeNull();
});

test("in place of a tenant there may be another provider's issuer", () => {
  expect(isEntra(authorityOf("tenant"))).toBe(true);
  expect(isEntra(authorityOf("http://127.0.0.1:8401/tenant/v2.0"))).toBe(false);
});
