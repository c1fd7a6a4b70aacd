/** The signed-in agent's page: what is chosen, what is known, and the attempt. */

import { useCallback, useEffect, useMemo, useState } from "react";
import type { Api } from "./api.ts";
import { isLive, type Order } from "./attempt.ts";
import type { Config } from "./config.ts";
import type { Desktop } from "./desktop.ts";
import { forgetDraft, loadDraft, saveDraft } from "./draft.ts";
import { useLoaded } from "./loaded.ts";
import { selectPhone } from "./select-phone.ts";
import type { Session } from "./session.ts";
import { headline } from "./steps.ts";
import { words } from "./strings.ts";
import { useAttempt } from "./use-attempt.ts";
import { useDesktop } from "./use-desktop.ts";
import { useNow } from "./use-now.ts";
import { usePreflight } from "./use-preflight.ts";
import { useReasons } from "./use-reasons.ts";
import { useSearch } from "./use-search.ts";
import { useSoftphone } from "./use-softphone.ts";
import { useViolations } from "./use-violations.ts";
import { Frame } from "./view/frame.tsx";
import { Panel, type PanelActions, type PanelModel } from "./view/panel.tsx";
import { SoftphoneColumn } from "./view/softphone.tsx";
import type { CustomerRow, Me } from "./wire.ts";

interface Props {
  config: Config;
  session: Session;
  api: Api;
  desktop: Desktop | null;
  me: Me;
  expired: boolean;
}

export function Desk({ config, session, api, desktop, me, expired }: Props) {
  const [draft] = useState(loadDraft);
  const [customerId, setCustomerId] = useState(draft.customerId);
  const [phone, setPhone] = useState(draft.phone);
  const [reason, setReason] = useState(draft.reason);
  const [checks, setChecks] = useState(0);

  const { search, type, again, show } = useSearch(api, draft.query);
  const [softphone, softphoneReady] = useSoftphone(config, me);
  const [findings, checkAgain] = usePreflight(config, me, softphone);
  const [violations, dismiss] = useViolations(api, softphone);
  const { attempt, start, cancel, clear } = useAttempt(api, softphone);
  const busy = isLive(attempt);
  const now = useNow(busy);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each check asks again
  const askStatus = useMemo(() => {
    if (!customerId) return null;
    return async (signal: AbortSignal) => {
      const status = await api.verifiedStatus(customerId, signal);
      return { status, checkedAt: Date.now(), asked: customerId };
    };
  }, [api, customerId, checks]);
  const customer = useLoaded(askStatus, customerId);
  const status = customer.is === "ready" ? customer.value.status : null;
  const reasons = useReasons(api, status?.language ?? null, checks);

  useEffect(() => {
    saveDraft({ query: search.query, customerId, phone, reason });
  }, [search.query, customerId, phone, reason]);

  const title = attempt.is === "idle" ? words.title : words.titleOf(headline(attempt));
  useEffect(() => {
    document.title = title;
  }, [title]);

  const choose = useCallback(
    (row: CustomerRow | null) => {
      show(row?.name ?? "");
      setCustomerId(row?.customerId ?? null);
      setPhone(null);
      setReason(null);
    },
    [show],
  );

  const choices = reasons.is === "ready" ? reasons.value : null;
  const chosenReason =
    choices?.choices.find((each) => each.code === (reason ?? choices.default)) ?? null;
  const chosenPhone = status && selectPhone(phone, status.phones);
  const mode = me.dialMode;

  const begin = () => {
    if (!status || !chosenPhone || !chosenReason) return;
    const order: Order = {
      callId: crypto.randomUUID(),
      mode,
      customerId: status.customerId,
      customerName: status.name,
      phone: chosenPhone,
      reason: chosenReason.code,
      reasonText: chosenReason.text,
      startedAt: Date.now(),
    };
    start(order);
  };

  useDesktop(desktop, {
    busy,
    about: customer.is === "ready" ? customer.value.asked : null,
    ready: status !== null && chosenReason !== null,
    failed: customer.is === "failed" || reasons.is === "failed",
    allowed:
      status?.calling.allowed === true && !expired && (mode !== "agent" || softphoneReady === true),
    show: (wish) => {
      clear();
      setChecks((former) => former + 1);
      show("");
      setCustomerId(wish.customerId);
      setPhone(wish.phone);
      setReason(null);
    },
    shown: customerId,
    call: begin,
  });

  const finish = (keep: boolean) => {
    clear();
    setChecks(checks + 1);
    if (!keep) choose(null);
  };

  const hangUp = () => {
    const contactId = attempt.is === "running" ? attempt.call.contactId : null;
    if (contactId) softphone?.hangUp(contactId);
  };

  const model: PanelModel = {
    now,
    search,
    customer: customerId ? customer : null,
    phone: chosenPhone,
    reasons,
    reason: chosenReason,
    softphoneReady,
    needsSoftphone: mode === "agent",
    attempt,
    expired,
    findings,
    violations,
  };
  const actions: PanelActions = {
    type,
    searchAgain: again,
    choose,
    check: () => setChecks(checks + 1),
    setPhone,
    setReason,
    start: begin,
    cancel,
    hangUp,
    callAgain: () => finish(true),
    another: () => finish(false),
    signIn: session.signIn,
    checkAgain,
    dismiss,
  };
  const signOut = async () => {
    forgetDraft();
    await session.signOut();
  };
  const earned = attempt.is === "running" && attempt.call.state === "connected";
  const aside = <SoftphoneColumn panel={softphone?.panel} ready={softphoneReady === true} />;
  const frame = { bank: config.bank.name, me, earned, onSignOut: busy ? null : signOut, aside };
  return (
    <Frame {...frame}>
      <Panel {...model} {...actions} />
    </Frame>
  );
}
