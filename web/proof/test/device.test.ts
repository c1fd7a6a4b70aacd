import { expect, test } from "vitest";
import { decodeBase64Url } from "../src/base64url.ts";
import { generateReceiptKeys, publicJwk, signEnrolment, signReceipt } from "../src/index.ts";

const read = (part: string | undefined) => new TextDecoder().decode(decodeBase64Url(part ?? ""));

test("a receipt is signed by a key that cannot leave the device", async () => {
  const keys = await generateReceiptKeys();
  const claims = { cid: "c-1", dev: "d-1", evt: "delivered", iat: 1, jti: "j-1" } as const;

  const token = await signReceipt(claims, keys.privateKey);

  const [header, payload, signature] = token.split(".");
  expect(keys.privateKey.extractable).toBe(false);
  expect(read(header)).toBe(`{"alg":"ES256","kid":"d-1","typ":"receipt+jwt"}`);
  expect(JSON.parse(read(payload))).toEqual(claims);
  const es256 = { name: "ECDSA", hash: "SHA-256" };
  const bytes = decodeBase64Url(signature ?? "") ?? new Uint8Array();
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  expect(await crypto.subtle.verify(es256, keys.publicKey, bytes, signed)).toBe(true);
});

test("an enrolment has no kid, for there is no device yet", async () => {
  const keys = await generateReceiptKeys();
  const jwk = await publicJwk(keys);

  const token = await signEnrolment(
    {
      challenge: "ch",
      platform: "ios",
      appId: "com.examplebank.app",
      pushService: "apns",
      pushKind: "alert",
      pushToken: "aa",
      environment: "sandbox",
      sealingKey: jwk,
      receiptKey: jwk,
    },
    keys.privateKey,
  );

  expect(read(token.split(".")[0])).toBe(`{"alg":"ES256","typ":"enrolment+jwt"}`);
  expect(Object.keys(jwk).sort()).toEqual(["crv", "kty", "x", "y"]);
});
