/** From nothing to a signed-in desk: settings, session, agent. */

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Api, createApi } from "./api.ts";
import { type Config, loadConfig } from "./config.ts";
import { Desk } from "./desk.tsx";
import type { Desktop } from "./desktop.ts";
import { useLoaded } from "./loaded.ts";
import { createSession, type Session } from "./session.ts";
import { words } from "./strings.ts";
import { Frame } from "./view/frame.tsx";
import { CannotStart, NoAgent, SignedOut, Waiting } from "./view/gates.tsx";
import type { Me } from "./wire.ts";

export interface Base {
  config: Config;
  session: Session;
  api: Api;
  /** What the page stands in, where that says whom to call. */
  desktop: Desktop | null;
}

async function load(): Promise<Base> {
  const config = await loadConfig();
  const session = createSession(config);
  return { config, session, api: createApi(config.api, session), desktop: null };
}

// Once per page: a sign-in answer in the address can be used only once.
let base: Promise<Base> | undefined;
const askOnce = () => {
  base ??= load();
  return base;
};

/** *ask* must always answer with the same base. */
export function App({ ask = askOnce }: { ask?: () => Promise<Base> }) {
  const loaded = useLoaded(ask);
  if (loaded.is === "loading") return <Waiting text={words.session.starting} />;
  if (loaded.is === "failed") return <CannotStart problem={loaded.problem} />;
  return <Gate {...loaded.value} />;
}

function Gate({ config, session, api, desktop }: Base) {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const [known, setKnown] = useState(false);
  useEffect(() => {
    if (state.is === "in") setKnown(true);
    if (state.is === "out") setKnown(false);
  }, [state]);
  if (state.is === "starting") return <Waiting text={words.session.starting} />;
  if (state.is === "out" || (state.is === "expired" && !known)) {
    const failure = state.is === "out" ? state.failure : null;
    return <SignedOut bank={config.bank.name} failure={failure} onSignIn={session.signIn} />;
  }
  const expired = state.is === "expired";
  return <Entrance {...{ config, session, api, desktop, expired }} />;
}

function Entrance({ expired, ...base }: Base & { expired: boolean }) {
  const { config, session, api } = base;
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again
  const me = useLoaded<Me>(useMemo(() => () => api.me(), [api, tries]));
  if (me.is === "loading") return <Waiting text={words.session.starting} />;
  if (me.is === "failed") {
    const again = () => setTries(tries + 1);
    return (
      <Frame bank={config.bank.name} me={null} earned={false} onSignOut={session.signOut}>
        <NoAgent problem={me.problem} onAgain={again} onSignIn={session.signIn} />
      </Frame>
    );
  }
  return <Desk {...base} me={me.value} expired={expired} />;
}
