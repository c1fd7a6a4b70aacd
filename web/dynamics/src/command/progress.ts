/** Show a call in Dynamics' own ways: an indicator until the phone rings, then a bar over the page. */

import {
  type Attempt,
  isLive,
  type Over,
  type Running,
  type Starting,
} from "@ringproof/agent/attempt.ts";
import { ending } from "@ringproof/agent/ending.ts";
import { headline } from "@ringproof/agent/steps.ts";
import { words } from "../strings.ts";
import type { GlobalNotification, Xrm } from "../xrm.ts";

type Live = Starting | Running;

export class Progress {
  readonly #xrm: Xrm;
  readonly #cancel: () => void;
  #said = "";
  #bar: Promise<string | null> = Promise.resolve(null);

  constructor(xrm: Xrm, cancel: () => void) {
    this.#xrm = xrm;
    this.#cancel = cancel;
  }

  show(attempt: Attempt): void {
    if (!isLive(attempt)) return;
    const ringing = attempt.is === "running" && isRinging(attempt);
    const message = ringing ? withCode(attempt) : words.calling(headline(attempt));
    if (message === this.#said) return;
    this.#said = message;
    if (ringing) {
      // The indicator covers the form, which the agent needs while they speak.
      this.#xrm.Utility.closeProgressIndicator();
      this.#replaceBar(this.#barOf(attempt, message));
    } else {
      this.#xrm.Utility.showProgressIndicator(message);
    }
  }

  /** Take everything away, and say what an agent has to know. */
  async end(over: Over | null): Promise<void> {
    this.#xrm.Utility.closeProgressIndicator();
    this.#replaceBar(null);
    await this.#bar;
    if (!over) return;
    const { tone, title, text } = ending(over);
    if (tone !== "success") await this.#xrm.Navigation.openAlertDialog({ title, text });
  }

  #barOf(attempt: Running, message: string): GlobalNotification {
    const connected = attempt.call.state === "connected";
    const bar = { type: 2, level: connected ? 1 : 4, message, showCloseButton: false } as const;
    if (connected) return bar;
    return { ...bar, action: { actionLabel: words.cancel, eventHandler: this.#cancel } };
  }

  /** One after the other: a bar can be taken away only once it has its id. */
  #replaceBar(next: GlobalNotification | null): void {
    const { App } = this.#xrm;
    this.#bar = this.#bar.then(async (shown) => {
      if (shown !== null) await App.clearGlobalNotification(shown);
      return next && App.addGlobalNotification(next);
    });
  }
}

const isRinging = ({ call }: Live & { is: "running" }) =>
  call.state === "dialed" || call.state === "connected";

function withCode(attempt: Running): string {
  const { matchCode } = attempt.call;
  const step = words.calling(headline(attempt));
  return matchCode ? `${step}. ${words.readOut(matchCode)}` : step;
}
