/** Wait *ms* milliseconds, or until *signal* is aborted; never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

const BACKOFF_MS = [250, 500, 1_000, 2_000, 5_000] as const;

/** How long to wait before the *n*th repeat, in milliseconds; spread, so that pages do not march in step. */
export function backoff(n: number): number {
  const most = BACKOFF_MS[Math.min(n, BACKOFF_MS.length) - 1] ?? BACKOFF_MS[0];
  return most * (0.75 + Math.random() / 4);
}
