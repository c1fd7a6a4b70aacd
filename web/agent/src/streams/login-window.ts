/** Open the CCP in a window of its own, which it leaves to its sign-in page and comes back from. */
export function loginWindow(url: string): { close(): void } {
  const opened = window.open(url, "ringproof-softphone", "popup,width=480,height=640");
  return { close: () => opened?.close() };
}
