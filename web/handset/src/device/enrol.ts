import {
  generateReceiptKeys,
  generateSealingKeys,
  publicJwk,
  signEnrolment,
} from "@ringproof/proof";
import { type Config, type PhoneKind, SERVICE } from "../config.ts";
import type { BankApi, Reply } from "./api.ts";
import type { Device } from "./vault.ts";

/** Make this phone's keys and bind them, with its push *token*, to the customer who signed in. */
export async function enrol(
  config: Config,
  api: BankApi,
  bearer: string,
  kind: PhoneKind,
  token: string,
): Promise<Reply<Device>> {
  const asked = await api.challenge(bearer);
  if (!asked.ok) return asked;
  const [sealingKeys, receiptKeys] = [await generateSealingKeys(), await generateReceiptKeys()];
  const jws = await signEnrolment(
    {
      appId: config.appId,
      challenge: asked.body.challenge,
      environment: "sandbox",
      platform: kind,
      pushKind: "alert",
      pushService: SERVICE[kind],
      pushToken: token,
      receiptKey: await publicJwk(receiptKeys),
      sealingKey: await publicJwk(sealingKeys),
    },
    receiptKeys.privateKey,
  );
  const reply = await api.enrol(bearer, jws);
  if (!reply.ok) return reply;
  const { deviceId, jwks } = reply.body;
  const numbers = reply.body.numbers.map((number) => number.replaceAll(/[^0-9]/g, ""));
  const keys = { sealingKeys, receiptKeys };
  return {
    ok: true,
    body: { kind, deviceId, numbers, jwks, pushToken: token, ...keys, notices: true },
  };
}
