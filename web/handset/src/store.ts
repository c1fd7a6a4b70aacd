import { useSyncExternalStore } from "react";

/** A value that can be watched. */
export interface Store<T> {
  get(): T;
  set(change: Partial<T>): void;
  subscribe(watch: () => void): () => void;
}

export function createStore<T extends object>(first: T): Store<T> {
  let value = first;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (change) => {
      value = { ...value, ...change };
      for (const watch of watchers) watch();
    },
    subscribe: (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
