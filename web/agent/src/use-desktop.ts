/** Do what the desktop around the page wants, one thing at a time. */

import { useEffect, useRef, useState } from "react";
import { type Desktop, decide, type Known, type Wish } from "./desktop.ts";

interface Desk extends Known {
  show(wish: Wish): void;
  call(): void;
}

interface Pending {
  wish: Wish;
  /** False for one turn, in which the page still has what it knew of the customer before. */
  settled: boolean;
}

export function useDesktop(desktop: Desktop | null, desk: Desk): void {
  const [pending, setPending] = useState<Pending | null>(null);
  const now = useRef({ desk, pending });
  useEffect(() => {
    now.current = { desk, pending };
  });

  useEffect(() => {
    return desktop?.listen((wish) => {
      const { desk, pending } = now.current;
      if (desk.busy || pending) return;
      if (!wish.call && wish.customerId === desk.shown) return;
      desk.show(wish);
      if (wish.call) setPending({ wish, settled: false });
    });
  }, [desktop]);

  // After every change: what a decision needs is all in what the page knows.
  useEffect(() => {
    if (pending === null) return;
    if (!pending.settled) return setPending({ ...pending, settled: true });
    const next = decide(pending.wish, desk);
    if (next === "wait") return;
    setPending(null);
    if (next === "call") desk.call();
  });

  const busy = desk.busy || pending !== null;
  useEffect(() => desktop?.busy(busy), [desktop, busy]);
}
