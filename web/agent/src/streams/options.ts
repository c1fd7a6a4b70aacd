/** How the CCP is opened. */

import { words } from "../strings.ts";

export function ccpOptions(ccpUrl: string): connect.InitCCPOptions {
  return {
    ccpUrl,
    loginPopup: true,
    loginPopupAutoClose: true,
    // The CCP in its frame holds the microphone and plays the ring, so that this page needs neither.
    softphone: { allowFramedSoftphone: true },
    iframeTitle: words.softphone.title,
    // All that there is to set. There is no `enableKeypad`: Streams passes an unknown key on, the
    // CCP ignores it, and the dial pad stays. What stops a dial by hand is the gate of the queue.
    pageOptions: {
      enableAudioDeviceSettings: true,
      enableVideoDeviceSettings: false,
      enablePhoneTypeSettings: false,
      showInactivityModal: true,
    },
  };
}
