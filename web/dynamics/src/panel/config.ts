/** What the server says about this deployment, in `./config.json`. */

import { type Config, checked } from "@ringproof/agent/config.ts";

export interface PanelConfig extends Config {
  /** The Dynamics organisation that may frame the panel; null where none is set. */
  dynamicsOrigin: string | null;
}

export async function loadPanelConfig(): Promise<PanelConfig> {
  const answer = await fetch("./config.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(`config.json: HTTP ${answer.status}`);
  const said = (await answer.json()) as Partial<PanelConfig>;
  return { ...checked(said), dynamicsOrigin: said.dynamicsOrigin ?? null };
}
