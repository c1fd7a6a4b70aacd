/** From nothing to a signed-in desk: settings, session, agent. */

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Api, createApi } from "./api.ts";
import { type Config, loadConfig } from "./config.ts";
import { Desk } from "./desk.tsx";
import { useLoaded } from "./loaded.ts";
import { createSession, type Session } from "./session.ts";
import { words } from "./strings.ts";
import { Frame } from "./view/frame.tsx";
import { CannotStart, NoAgent, SignedOut, Waiting } from "./view/gates.tsx";
import type { Me } from "./wire.ts";

interface Base {
  config: Config;
  session: Session;
  api: Api;
}

async function load(): Promise<Base> {
  const config = await loadConfig();
  const session = createSession(config);
  return { config, session, api: createApi(config.api, session) };
}

// Once per page: a sign-in answer in the address can be used only once.
let base: Promise<Base> | undefined;
const ask = () => {
  base ??= load();
  return base;
};

export function App() {
  const loaded = useLoaded(ask);
  if (loaded.is === "loading") return <Waiting text={words.session.starting} />;
  if (loaded.is === "failed") return <CannotStart problem={loaded.problem} />;
  return <Gate {...loaded.value} />;
}

function Gate({ config, session, api }: Base) {
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
  return <Entrance config={config} session={session} api={api} expired={state.is === "expired"} />;
}

function Entrance({ config, session, api, expired }: Base & { expired: boolean }) {
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
  return <Desk config={config} session={session} api={api} me={me.value} expired={expired} />;
}
