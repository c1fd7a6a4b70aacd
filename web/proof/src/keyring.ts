/** What a key of the bank may sign: a key for status answers can sign nothing else, and vice versa. */
export type KeyUse = "proof" | "status";

export interface BankKey {
  readonly use: KeyUse;
  readonly key: CryptoKey;
}

/** The bank's live keys by `kid`. The phone never fetches a key that a token names. */
export type Keyring = ReadonlyMap<string, BankKey>;

export interface BankJwk extends JsonWebKey {
  readonly kid?: string;
  readonly "ringproof:use"?: string;
}

export interface BankJwks {
  readonly keys: readonly BankJwk[];
}

const isUse = (use: unknown): use is KeyUse => use === "proof" || use === "status";

/** Import the P-256 keys of *jwks* that say what they may sign; others are left out. */
export async function importKeyring(jwks: BankJwks): Promise<Keyring> {
  const ring = new Map<string, BankKey>();
  for (const jwk of jwks.keys) {
    const use = jwk["ringproof:use"];
    if (jwk.kid === undefined || jwk.kty !== "EC" || jwk.crv !== "P-256" || !isUse(use)) continue;
    const { kty, crv, x, y } = jwk;
    const material = { kty, crv, ...(x && { x }), ...(y && { y }) };
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("jwk", material, algorithm, true, ["verify"]);
    ring.set(jwk.kid, { use, key });
  }
  return ring;
}
