/**
 * Wait until no other window of this browser is this phone: two would take each other's line.
 *
 * The lock is held until the window closes.
 */
export async function onlyHere(deviceId: string, onTaken: () => void): Promise<void> {
  const take = (options: LockOptions) =>
    new Promise<boolean>((taken) => {
      void navigator.locks.request(`ringproof ${deviceId}`, options, (lock) => {
        taken(lock !== null);
        return lock && new Promise(() => {});
      });
    });
  if (await take({ ifAvailable: true })) return;
  onTaken();
  await take({});
}
