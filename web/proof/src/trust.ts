import { equal } from "./claims.ts";
import type { Claims } from "./jws.ts";
import type { Keyring } from "./keyring.ts";

/** What this device knew before anything arrived: everything a message is compared with. */
export interface Trust {
  readonly bank: { readonly iss: string; readonly numbers: readonly string[] };
  readonly appId: string;
  readonly deviceId: string;
  /** The numbers that this device was enrolled with, digits only. */
  readonly customerNumbers: readonly string[];
  readonly keys: Keyring;
}

/** Demand that *claims* are from this bank, for this app, on this device. */
export function demandAddressed(claims: Claims, trust: Trust): void {
  equal(claims["iss"], trust.bank.iss, "wrong_bank");
  equal(claims["aud"], trust.appId, "wrong_app");
  equal(claims["dev"], trust.deviceId, "wrong_device");
}
