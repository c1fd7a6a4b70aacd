import { expect, test } from "vitest";
import { tokensSession } from "../src/panel/tokens-session.ts";
import { userName } from "../src/panel/user.ts";
import type { Tokens } from "../src/sign-in/tokens.ts";
import { framework } from "./framework.ts";

/** Answer each silent try with the next of *silent*, and then with none. */
function session(silent: (string | null)[], popup: Tokens["popup"] = async () => "popup") {
  return tokensSession({ silent: async () => silent.shift() ?? null, popup });
}

test("who is signed in to Dynamics is signed in", async () => {
  const one = session(["token"]);
  await expect.poll(() => one.state().is).toBe("in");
  expect(one.current()).toBe("token");
});

test("who is not is asked, and signs in with a click", async () => {
  const one = session([]);
  await expect.poll(() => one.state().is).toBe("out");
  await one.signIn();
  expect([one.state().is, one.current()]).toEqual(["in", "popup"]);
});

test("a window that was blocked is told as the failure", async () => {
  const one = session([], () => Promise.reject(new Error("popup_window_error")));
  await one.signIn();
  expect(one.state()).toEqual({ is: "out", failure: "Error: popup_window_error" });
});

test("a session that cannot be renewed has expired, and leaves the page as it is", async () => {
  const one = session(["token"]);
  await expect.poll(() => one.state().is).toBe("in");
  expect(await one.renew()).toBeNull();
  expect(one.state().is).toBe("expired");
});

test("the user's principal name comes from their own record", async () => {
  const { cif } = framework({ domainname: "ayesha@bank.example" }, "");
  expect(await userName(cif)).toBe("ayesha@bank.example");
});

test("a user whom Dynamics does not tell of is null", async () => {
  const { cif } = framework({}, "");
  expect(await userName(cif)).toBeNull();
});
