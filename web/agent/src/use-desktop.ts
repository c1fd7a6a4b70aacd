/** Do what the desktop around the page wants, one thing at a time. */

import { useEffect, useRef, useState } from "react";
import type { Desktop, Wish } from "./desktop.ts";

interface Desk {
  /** A call is under way: whatever is wished for now is ignored. */
  busy: boolean;
  /** Everything that a call needs is known. */
  ready: boolean;
  /** Whose status the page has, by the id that it was asked with. */
  about: string | null;
  failed: boolean;
  allowed: boolean;
  /** Whom the page shows. */
  shown: string | null;
  show(wish: Wish): void;
  call(): void;
}

export function useDesktop(desktop: Desktop | null, desk: Desk): void {
  const [pending, setPending] = useState<Wish | null>(null);
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
      if (wish.call) setPending(wish);
    });
  }, [desktop]);

  const { busy, failed, allowed, shown } = desk;
  const ready = desk.ready && desk.about === pending?.customerId;
  useEffect(() => {
    if (pending === null || pending.customerId !== shown) return;
    if (!failed && !ready) return;
    // What stands in the way is on the page by now, in the server's own words.
    setPending(null);
    if (!failed && allowed && !busy) now.current.desk.call();
  }, [pending, shown, ready, failed, allowed, busy]);

  useEffect(() => desktop?.busy(busy || pending !== null), [desktop, busy, pending]);
}
