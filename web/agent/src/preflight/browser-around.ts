/** The browser that this page runs in. */

import type { Around } from "./around.ts";
import { answersInFrame } from "./browser-frame.ts";
import { gather } from "./browser-gather.ts";

/** Chromium's; other browsers do not tell what the frame around a page allows. */
interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

export function browserAround(): Around {
  return {
    origin: window.location.origin,
    online: () => navigator.onLine,
    microphoneAllowedHere() {
      const { featurePolicy } = document as { featurePolicy?: FeaturePolicy };
      return featurePolicy?.allowsFeature("microphone") ?? null;
    },
    async microphonePermission() {
      // Older browsers have no such permission to ask for, and throw.
      const asked = navigator.permissions?.query({ name: "microphone" as PermissionName });
      return (await asked?.catch(() => null))?.state ?? null;
    },
    async microphones() {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.filter(({ kind }) => kind === "audioinput").length;
    },
    async openMicrophone() {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      for (const track of stream.getTracks()) track.stop();
    },
    async reach(url, signal) {
      // What answers is opaque, and that is enough: something did.
      await fetch(url, { mode: "no-cors", cache: "no-store", credentials: "omit", signal });
    },
    gather,
    frame: answersInFrame,
  };
}
