import type { BankJwks, ReplayMemory } from "@ringproof/proof";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { PhoneKind } from "../config.ts";

/** Everything this phone is to the bank. The private keys are handles that cannot be exported. */
export interface Device {
  readonly kind: PhoneKind;
  readonly deviceId: string;
  /** Digits only. */
  readonly numbers: readonly string[];
  readonly jwks: BankJwks;
  readonly pushToken: string;
  readonly sealingKeys: CryptoKeyPair;
  readonly receiptKeys: CryptoKeyPair;
  readonly notices: boolean;
}

/** A call as this phone remembers it. */
export interface PastCall {
  readonly callId: string;
  readonly device: string;
  readonly at: number;
  readonly agent: string;
  readonly reason: string;
  readonly outcome: "live" | "answered" | "missed";
}

interface Schema extends DBSchema {
  device: { key: PhoneKind; value: Device };
  seen: {
    key: string;
    value: { readonly id: string; readonly at: number };
    indexes: { at: number };
  };
  calls: { key: string; value: PastCall; indexes: { at: number } };
}

export type Vault = IDBPDatabase<Schema>;

// A proof lives for five minutes at most; a day forgives every clock and every delayed push.
const REMEMBER_SECONDS = 24 * 60 * 60;
const MOST_CALLS = 20;

export function openVault(): Promise<Vault> {
  return openDB<Schema>("ringproof", 1, {
    upgrade(db) {
      db.createObjectStore("device", { keyPath: "kind" });
      db.createObjectStore("seen", { keyPath: "id" }).createIndex("at", "at");
      db.createObjectStore("calls", { keyPath: "callId" }).createIndex("at", "at");
    },
  });
}

/** Remember each `jti` for a day, over restarts of the app and between its windows. */
export function replayMemory(vault: Vault, deviceId: string): ReplayMemory {
  return {
    async remember(jti, now) {
      const id = `${deviceId} ${jti}`;
      const tx = vault.transaction("seen", "readwrite");
      const old = IDBKeyRange.upperBound(now - REMEMBER_SECONDS);
      for await (const cursor of tx.store.index("at").iterate(old)) await cursor.delete();
      const fresh = (await tx.store.get(id)) === undefined;
      if (fresh) await tx.store.put({ id, at: now });
      await tx.done;
      return fresh;
    },
    knows: async (jti) => (await vault.get("seen", `${deviceId} ${jti}`)) !== undefined,
  };
}

export async function pastCalls(vault: Vault, deviceId: string): Promise<readonly PastCall[]> {
  const all = await vault.getAllFromIndex("calls", "at");
  const own = all.filter((call) => call.device === deviceId);
  return own.reverse().slice(0, MOST_CALLS);
}
