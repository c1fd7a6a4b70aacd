/** Something that is being asked for. */

import { useEffect, useRef, useState } from "react";
import { type Problem, problemFrom } from "./api.ts";

export type Loaded<T> =
  | { is: "loading" }
  | { is: "ready"; value: T }
  | { is: "failed"; problem: Problem };

/**
 * Ask whenever *ask* changes; null asks for nothing.
 * A new answer about the same *subject* replaces the former one without a blank in between.
 */
export function useLoaded<T>(
  ask: ((signal: AbortSignal) => Promise<T>) | null,
  subject: string | null = null,
): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ is: "loading" });
  const about = useRef(subject);
  useEffect(() => {
    const leaving = new AbortController();
    const settle = (next: Loaded<T>) => {
      if (!leaving.signal.aborted) setLoaded(next);
    };
    const same = subject !== null && about.current === subject;
    about.current = subject;
    setLoaded((former) => (same && former.is === "ready" ? former : { is: "loading" }));
    ask?.(leaving.signal).then(
      (value) => settle({ is: "ready", value }),
      (error: unknown) => {
        const problem = problemFrom(error);
        // The session ended, which is said elsewhere: what is on the page need not go.
        if (!(same && problem.status === 401)) settle({ is: "failed", problem });
      },
    );
    return () => leaving.abort();
  }, [ask, subject]);
  return loaded;
}
