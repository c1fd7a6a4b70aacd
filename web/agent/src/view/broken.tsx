/** The last resort: a sentence instead of a blank page. */

import { Component, type ErrorInfo, type ReactNode } from "react";
import { problem } from "../api.ts";
import { words } from "../strings.ts";
import { Stopped } from "./gates.tsx";

export class Broken extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(_error: unknown, _info: ErrorInfo) {
    // Shown below with its message; React reports it to the browser's own console.
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { broken, brokenText } = words.session;
    const technical = problem("broken_page", { technical: String(error) });
    return <Stopped title={broken} text={brokenText} problem={technical} />;
  }
}
