import { importKeyring } from "@ringproof/proof";
import { type Config, SERVICE } from "./config.ts";
import type { BankApi } from "./device/api.ts";
import { attachLine } from "./device/line.ts";
import { connectPush } from "./device/push.ts";
import { type Device, pastCalls, replayMemory, type Vault } from "./device/vault.ts";
import { nowInSeconds, talkToBank } from "./engine/bank.ts";
import { type Inbox, receive } from "./engine/inbox.ts";
import { type Around, type Phone, startPhone } from "./engine/phone.ts";
import type { PushService, TelephoneLine } from "./engine/ports.ts";

/** A phone that is set up and switched on. */
export interface Ready {
  readonly phone: Phone;
  readonly device: Device;
  readonly lines: readonly TelephoneLine[];
  readonly push: PushService;
  stop(): void;
}

const EVERY_SECOND = 1_000;

/** Resolve as soon as the page is in front of somebody. */
function inFront(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    look();
  });
}

async function inboxOf(config: Config, vault: Vault, device: Device): Promise<Inbox> {
  const { deviceId, numbers, jwks, sealingKeys } = device;
  const { appId, bank } = config;
  const keys = await importKeyring(jwks);
  return {
    trust: { bank, appId, deviceId, customerNumbers: numbers, keys },
    service: SERVICE[device.kind],
    sealingKeys,
    seen: replayMemory(vault, deviceId),
  };
}

function aroundOf(vault: Vault, device: Device, inbox: Inbox, bank: Around["bank"]): Around {
  const { deviceId } = device;
  return {
    bank,
    deviceId,
    receive: (message) => receive(inbox, message, nowInSeconds()),
    remember: async (call) => {
      await vault.put("calls", call);
      return pastCalls(vault, deviceId);
    },
    seen: inFront,
  };
}

/** Switch the phone on: its push service, its telephone lines, its clock. */
export async function switchOn(
  config: Config,
  vault: Vault,
  api: BankApi,
  device: Device,
  onGone: () => void,
): Promise<Ready> {
  const inbox = await inboxOf(config, vault, device);
  const bank = talkToBank(inbox, device.receiptKeys, api, onGone);
  const past = await pastCalls(vault, device.deviceId);
  const phone = startPhone(aroundOf(vault, device, inbox, bank), past);
  const service = SERVICE[device.kind];
  const push = connectPush(service, config.push[service].deviceUrl, config.appId, {
    onMessage: phone.onPush,
    onConnected: (connected) => phone.store.set({ connected }),
  });
  // A service that no longer knows the token has unbound this phone.
  void push.register(device.pushToken).then((token) => {
    if (token !== device.pushToken) onGone();
  });
  const attach = (number: string) => attachLine(config.network.url, `+${number}`, phone.onLine);
  const lines = device.numbers.map(attach);
  const clock = setInterval(() => phone.onTime(Date.now()), EVERY_SECOND);
  const stop = () => {
    clearInterval(clock);
    push.close();
    for (const line of lines) line.close();
  };
  return { phone, device, lines, push, stop };
}
