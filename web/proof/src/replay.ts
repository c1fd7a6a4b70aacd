import type { Seconds } from "./claims.ts";

/** Remembers each `jti` longer than a proof can live. */
export interface ReplayMemory {
  /** Store *jti*; false if it was there. Of two concurrent callers exactly one gets true. */
  remember(jti: string, now: Seconds): Promise<boolean>;
  /** True if *jti* was stored. */
  knows(jti: string): Promise<boolean>;
}

/** A replay memory that lives as long as its process: for tests and stateless verifiers. */
export function memoryOnly(): ReplayMemory {
  const seen = new Set<string>();
  return {
    remember: async (jti) => {
      const fresh = !seen.has(jti);
      seen.add(jti);
      return fresh;
    },
    knows: async (jti) => seen.has(jti),
  };
}
