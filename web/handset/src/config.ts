import type { LastHop } from "@ringproof/proof";

/** Which kind of phone this page stands for. */
export type PhoneKind = "ios" | "android";

/** What a bank's app would be built with; here it is read from `config.json` beside the page. */
export interface Config {
  readonly bank: {
    readonly iss: string;
    readonly name: string;
    readonly numbers: readonly string[];
    readonly callUs: string;
  };
  readonly api: string;
  readonly photoOrigin: string;
  readonly oidc: {
    readonly authority: string;
    readonly clientId: string;
    readonly scope?: string;
  };
  readonly appId: string;
  readonly push: Readonly<Record<"apns" | "fcm", { readonly deviceUrl: string }>>;
  readonly network: { readonly url: string };
}

export const SERVICE: Readonly<Record<PhoneKind, LastHop & ("apns" | "fcm")>> = {
  ios: "apns",
  android: "fcm",
};

export async function loadConfig(): Promise<Config> {
  const response = await fetch("./config.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  const config = (await response.json()) as Config;
  // An empty `api` is the origin that the page came from.
  return { ...config, api: new URL(config.api, location.href).href };
}
