import { type Config, loadConfig, type PhoneKind, SERVICE } from "./config.ts";
import { type BankApi, bankApi, type Reply } from "./device/api.ts";
import { enrol } from "./device/enrol.ts";
import { type Login, openLogin } from "./device/login.ts";
import { onlyHere } from "./device/onlyHere.ts";
import { connectPush } from "./device/push.ts";
import { type Device, openVault, type Vault } from "./device/vault.ts";
import { type Ready, switchOn } from "./ready.ts";
import { createStore, type Store } from "./store.ts";

export type Stage =
  | { readonly kind: "loading" | "choose" | "enrolling" | "elsewhere" }
  | { readonly kind: "welcome"; readonly gone: boolean }
  | { readonly kind: "failed"; readonly code: string }
  | { readonly kind: "ready"; readonly ready: Ready };

export interface AppState {
  readonly stage: Stage;
  readonly config: Config | undefined;
}

/** What the person can do to the app itself. */
export interface App {
  readonly store: Store<AppState>;
  signIn(again: boolean): void;
  choose(kind: PhoneKind): void;
  setNotices(on: boolean): void;
  removePhone(): void;
  retry(): void;
}

interface Parts {
  readonly config: Config;
  readonly vault: Vault;
  readonly api: BankApi;
  readonly login: Login;
}

async function assemble(): Promise<Parts> {
  const config = await loadConfig();
  const vault = await openVault();
  return { config, vault, api: bankApi(config.api), login: openLogin(config) };
}

function kindFromAddress(): PhoneKind | undefined {
  const asked = new URLSearchParams(location.search).get("platform");
  return asked === "ios" || asked === "android" ? asked : undefined;
}

/** Get a push token, which the service gives to an app before the bank knows of the phone. */
async function pushToken({ config }: Parts, kind: PhoneKind): Promise<string> {
  const service = SERVICE[kind];
  const nothing = { onMessage: () => {}, onConnected: () => {} };
  const url = config.push[service].deviceUrl;
  const push = connectPush(service, url, config.appId, nothing);
  const token = await push.register(undefined);
  push.close();
  return token;
}

/** Start the app: sign-in, setting up, and the phone itself, one stage after the other. */
export function startApp(): App {
  const store = createStore<AppState>({ stage: { kind: "loading" }, config: undefined });
  const show = (stage: Stage) => store.set({ stage });
  let parts: Parts | undefined;

  const failed = () => show({ kind: "failed", code: "offline" });
  const attempt = (work: (parts: Parts) => Promise<void>) => {
    if (parts) work(parts).catch(failed);
  };

  async function forget({ vault }: Parts, ready: Ready, gone: boolean) {
    ready.stop();
    await vault.delete("device", ready.device.kind);
    show({ kind: "welcome", gone });
  }

  async function turnOn(using: Parts, device: Device) {
    const { config, vault, api } = using;
    await onlyHere(device.deviceId, () => show({ kind: "elsewhere" }));
    const onGone = () => void forget(using, ready, true);
    const ready = await switchOn(config, vault, api, device, onGone);
    show({ kind: "ready", ready });
  }

  async function setUp(using: Parts, kind: PhoneKind) {
    const { config, vault, api, login } = using;
    const bearer = await login.token();
    if (bearer === undefined) return login.start(kind);
    show({ kind: "enrolling" });
    const enrolled = await enrol(config, api, bearer, kind, await pushToken(using, kind));
    if (!enrolled.ok) return show({ kind: "failed", code: enrolled.code });
    await vault.put("device", enrolled.body);
    await turnOn(using, enrolled.body);
  }

  async function begin() {
    const using = await assemble();
    parts = using;
    store.set({ config: using.config });
    document.title = using.config.bank.name;
    const back = await using.login.resume();
    const kind = back?.kind ?? kindFromAddress();
    const all = await using.vault.getAll("device");
    const device = kind ? all.find((one) => one.kind === kind) : all[0];
    if (device) return turnOn(using, device);
    const signedIn = (await using.login.token()) !== undefined;
    if (signedIn && kind) return setUp(using, kind);
    show(signedIn ? { kind: "choose" } : { kind: "welcome", gone: false });
  }

  /** Ask the bank for a change that needs the customer, not only the phone. */
  async function change(
    using: Parts,
    ask: (bearer: string, ready: Ready) => Promise<Reply<unknown>>,
    then: (ready: Ready) => Promise<void>,
  ) {
    const { stage } = store.get();
    if (stage.kind !== "ready") return;
    const bearer = await using.login.token();
    if (bearer === undefined) return using.login.start(stage.ready.device.kind);
    const reply = await ask(bearer, stage.ready);
    if (reply.ok) return then(stage.ready);
    if (reply.code === "unauthenticated") return using.login.start(stage.ready.device.kind);
    stage.ready.stop();
    show({ kind: "failed", code: reply.code });
  }

  begin().catch(failed);

  return {
    store,
    signIn: (again) => attempt(({ login }) => login.start(kindFromAddress(), again)),
    choose: (kind) => attempt((using) => setUp(using, kind)),
    setNotices: (on) =>
      attempt((using) =>
        change(
          using,
          (bearer, { device }) => using.api.setNotices(bearer, device.deviceId, on),
          async (ready) => {
            const device = { ...ready.device, notices: on };
            await using.vault.put("device", device);
            show({ kind: "ready", ready: { ...ready, device } });
          },
        ),
      ),
    removePhone: () =>
      attempt((using) =>
        change(
          using,
          (bearer, { device }) => using.api.remove(bearer, device.deviceId),
          async (ready) => {
            ready.push.unregister();
            await forget(using, ready, false);
          },
        ),
      ),
    retry: () => location.reload(),
  };
}
