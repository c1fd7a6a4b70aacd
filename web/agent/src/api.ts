/** The agents' part of ringproof's HTTP API, typed; every failure is an `ApiError`. */

import type {
  Call,
  CallOrder,
  CustomerRow,
  DialMode,
  Me,
  Reasons,
  VerifiedStatus,
  Violation,
} from "./wire.ts";

/** `unreachable` and `unexpected` are ours; every other code is the server's. */
export interface Problem {
  code: string;
  status: number;
  detail: string;
  field: string | null;
  requestId: string | null;
  /** Seconds. */
  retryAfter: number | null;
  /** What the browser said, for support. */
  technical: string | null;
}

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ApiError";
    this.problem = problem;
  }
}

export interface Tokens {
  /** The bearer token, or null when nobody is signed in. */
  current(): string | null;
  /** Get a fresh one without the agent; null when the session is over. */
  renew(): Promise<string | null>;
}

/** Seconds that the server may hold a poll open; proxies tend to cut at 30 or 60. */
const WAIT_S = 25;
/** Longer than the longest wait plus the longest announcement, so that only a dead line trips it. */
const GIVE_UP_MS = 60_000;

export type Api = ReturnType<typeof createApi>;

export function createApi(base: string, tokens: Tokens) {
  const get = <T>(path: string, signal?: AbortSignal) => request<T>("GET", path, { signal });
  const post = <T>(path: string, body?: unknown, signal?: AbortSignal, key?: string) =>
    request<T>("POST", path, { body, signal, key });

  interface Extras {
    body?: unknown;
    signal?: AbortSignal | undefined;
    key?: string | undefined;
  }

  async function request<T>(method: string, path: string, extras: Extras): Promise<T> {
    let answer = await send(method, path, extras, tokens.current());
    if (answer.status === 401) {
      const renewed = await tokens.renew();
      if (renewed) answer = await send(method, path, extras, renewed);
    }
    if (!answer.ok) throw new ApiError(await problemOf(answer));
    return (answer.status === 204 ? undefined : await jsonOf(answer)) as T;
  }

  async function send(method: string, path: string, extras: Extras, token: string | null) {
    const headers = new Headers({ Accept: "application/json" });
    if (token) headers.set("Authorization", `Bearer ${token}`);
    if (extras.key) headers.set("Idempotency-Key", extras.key);
    const init: RequestInit = { method, headers, cache: "no-store" };
    if (extras.body !== undefined) {
      headers.set("Content-Type", "application/json");
      init.body = JSON.stringify(extras.body);
    }
    const limit = AbortSignal.timeout(GIVE_UP_MS);
    init.signal = extras.signal ? AbortSignal.any([extras.signal, limit]) : limit;
    try {
      return await fetch(`${base}${path}`, init);
    } catch (error) {
      throw new ApiError(unreachable(error));
    }
  }

  const call = (id: string) => `/calls/${encodeURIComponent(id)}`;
  const customer = (id: string) => `/customers/${encodeURIComponent(id)}`;

  return {
    me: (signal?: AbortSignal) => get<Me>("/me", signal),
    customers: (q: string, signal?: AbortSignal) =>
      get<{ customers: CustomerRow[] }>(`/customers?${new URLSearchParams({ q })}`, signal),
    verifiedStatus: (id: string, signal?: AbortSignal) =>
      get<VerifiedStatus>(`${customer(id)}/verified-status`, signal),
    reasons: (language: string, signal?: AbortSignal) =>
      get<Reasons>(`/reasons?${new URLSearchParams({ language })}`, signal),
    /** A repeat with the same call id gets the same call, never a second one. */
    start: (mode: DialMode, order: CallOrder, signal?: AbortSignal) =>
      post<Call>(
        mode === "server" ? "/initiate-verified-call" : "/send-push",
        order,
        signal,
        order.callId,
      ),
    /** Answers at once when the call is newer than *after*, else when it changes or the wait ends. */
    call: (id: string, after: number, signal?: AbortSignal) =>
      get<Call>(`${call(id)}?after=${after}&wait=${WAIT_S}`, signal),
    cancel: (id: string, signal?: AbortSignal) =>
      post<Call>(`${call(id)}/cancel`, undefined, signal),
    /** The agent's own contacts that went round verified calling, from *since* on. */
    violations: (since: string, signal?: AbortSignal) =>
      get<{ violations: Violation[] }>(`/my-violations?${new URLSearchParams({ since })}`, signal),
    contact: (id: string, contactId: string, signal?: AbortSignal) =>
      post<void>(`${call(id)}/contact`, { contactId }, signal),
  };
}

/** Read whatever went wrong as a problem. */
export function problemFrom(error: unknown): Problem {
  return error instanceof ApiError ? error.problem : unreachable(error);
}

/** Make a problem of our own, or one with what the server left out filled in. */
export function problem(code: string, rest: Partial<Problem> = {}): Problem {
  const blank = { status: 0, detail: "", field: null, requestId: null, retryAfter: null };
  return { ...blank, technical: null, ...rest, code };
}

function unreachable(error: unknown): Problem {
  return problem("unreachable", { technical: String(error) });
}

async function problemOf(answer: Response): Promise<Problem> {
  const said = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  const header = Number(answer.headers.get("Retry-After"));
  return problem(said.code ?? (answer.status === 401 ? "unauthenticated" : "unexpected"), {
    status: answer.status,
    detail: said.detail ?? "",
    field: said.field ?? null,
    requestId: answer.headers.get("X-Request-Id"),
    retryAfter: said.retryAfter ?? (header > 0 ? header : null),
  });
}

async function jsonOf(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    const requestId = answer.headers.get("X-Request-Id");
    const technical = String(error);
    throw new ApiError(problem("unexpected", { status: answer.status, requestId, technical }));
  }
}
