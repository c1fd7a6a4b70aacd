/** The one sentence about a click that led nowhere. */

export function createNotice() {
  const watchers = new Set<() => void>();
  let sentence: string | null = null;
  return {
    said: () => sentence,
    say(next: string | null) {
      sentence = next;
      for (const each of watchers) each();
    },
    subscribe(changed: () => void) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}
