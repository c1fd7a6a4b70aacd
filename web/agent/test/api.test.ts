import { expect, test } from "vitest";
import { createApi, problemFrom, type Tokens } from "../src/api.ts";
import { backend } from "./backend.ts";

const tokens = (current: string | null, renewed: string | null = null): Tokens => {
  let held = current;
  return {
    current: () => held,
    renew: async () => {
      held = renewed;
      return renewed;
    },
  };
};
const problemOf = (failing: Promise<unknown>) => failing.then(() => null, problemFrom);

test("a problem keeps its code, sentence, field and the request's id", async () => {
  const { url } = await backend(() => ({
    status: 422,
    headers: { "X-Request-Id": "r-1", "Content-Type": "application/problem+json" },
    body: { code: "number_not_customers", detail: "Not stored.", field: "phone" },
  }));
  const problem = await problemOf(createApi(url, tokens("t")).me());
  expect(problem).toMatchObject({
    code: "number_not_customers",
    status: 422,
    detail: "Not stored.",
    field: "phone",
    requestId: "r-1",
  });
});

test("an expired token is renewed once, and the request repeated with the new one", async () => {
  const { url, asked } = await backend(({ headers }) =>
    headers.authorization === "Bearer new" ? { body: { agentId: "a" } } : { status: 401 },
  );
  expect(await createApi(url, tokens("old", "new")).me()).toEqual({ agentId: "a" });
  expect(asked.map((each) => each.headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
});

test("a session that cannot be renewed is unauthenticated", async () => {
  const { url } = await backend(() => ({ status: 401 }));
  const problem = await problemOf(createApi(url, tokens("old")).me());
  expect(problem).toMatchObject({ code: "unauthenticated", status: 401 });
});

test("Retry-After counts where the body says nothing", async () => {
  const { url } = await backend(() => ({
    status: 429,
    headers: { "Retry-After": "7" },
    body: { code: "rate_limited" },
  }));
  expect(await problemOf(createApi(url, tokens("t")).me())).toMatchObject({ retryAfter: 7 });
});

test("a dropped connection is unreachable, and says what the browser said", async () => {
  const { url } = await backend(() => null);
  const problem = await problemOf(createApi(url, tokens("t")).me());
  expect(problem).toMatchObject({ code: "unreachable", status: 0 });
  expect(problem?.technical).toMatch(/fetch/);
});

test.each([200, 502])("an HTML page with status %i is unexpected, not a crash", async (status) => {
  const { url } = await backend(() => ({ status, body: "<html>" }));
  const problem = await problemOf(createApi(url, tokens("t")).me());
  expect(problem).toMatchObject({ code: "unexpected", status });
});

test("an order carries its call id as the idempotency key, and nothing that is not asked for", async () => {
  const { url, asked } = await backend(() => ({ body: {} }));
  const order = { callId: "c-1", customerId: "k", phone: "+44", reason: "r" };
  await createApi(url, tokens("t")).start("agent", order);
  expect(asked[0]).toMatchObject({ method: "POST", path: "/send-push", body: order });
  expect(asked[0]?.headers["idempotency-key"]).toBe("c-1");
});
