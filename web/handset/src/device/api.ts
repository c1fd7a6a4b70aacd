import type { BankJwks } from "@ringproof/proof";

/** Why the bank did not do what it was asked: its own stable code, or `offline`. */
export interface Failure {
  readonly ok: false;
  readonly code: string;
}

export type Reply<T> = { readonly ok: true; readonly body: T } | Failure;

export interface Enrolled {
  readonly deviceId: string;
  readonly numbers: readonly string[];
  readonly jwks: BankJwks;
}

/** The bank's API for handsets (design section 5). */
export interface BankApi {
  challenge(bearer: string): Promise<Reply<{ readonly challenge: string }>>;
  enrol(bearer: string, jws: string): Promise<Reply<Enrolled>>;
  setNotices(bearer: string, deviceId: string, notifications: boolean): Promise<Reply<unknown>>;
  remove(bearer: string, deviceId: string): Promise<Reply<unknown>>;
  receipt(jws: string): Promise<Reply<unknown>>;
  status(jws: string): Promise<Reply<{ readonly sealed: string }>>;
  report(jws: string): Promise<Reply<unknown>>;
}

const PATIENCE = 5_000;
const JOSE = { "content-type": "application/jose" };
const JSON_BODY = { "content-type": "application/json" };

async function readJson(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}

export function bankApi(base: string): BankApi {
  async function ask<T>(method: string, path: string, init: RequestInit): Promise<Reply<T>> {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(new URL(path, base), { method, signal, ...init });
      const body = await readJson(response);
      if (response.ok) return { ok: true, body: body as T };
      return { ok: false, code: String(body["code"] ?? `http_${response.status}`) };
    } catch {
      return { ok: false, code: "offline" };
    }
  }

  const as = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
  const device = (id: string) => `/devices/${encodeURIComponent(id)}`;
  const post = <T>(path: string, body: string, headers = {}) =>
    ask<T>("POST", path, { body, headers: { ...JOSE, ...headers } });

  return {
    challenge: (bearer) => ask("POST", "/devices/challenge", { headers: as(bearer) }),
    enrol: (bearer, jws) => post("/devices", jws, as(bearer)),
    setNotices: (bearer, id, notifications) => {
      const headers = { ...JSON_BODY, ...as(bearer) };
      return ask("PUT", device(id), { body: JSON.stringify({ notifications }), headers });
    },
    remove: (bearer, id) => ask("DELETE", device(id), { headers: as(bearer) }),
    receipt: (jws) => post("/receipts", jws),
    status: (jws) => post("/status", jws),
    report: (jws) => post("/reports", jws),
  };
}
