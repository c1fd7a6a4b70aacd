/** Draw a page in the look of the agent's desktops. */

import "@cloudscape-design/global-styles/dark-mode-utils.css";
import "@fontsource/open-sans/400.css";
import "@fontsource/open-sans/700.css";
import "./page.css";
import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Broken } from "./view/broken.tsx";

export function draw(page: ReactNode): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => applyMode(dark.matches ? Mode.Dark : Mode.Light);
  dark.addEventListener("change", follow);
  follow();
  applyDensity(Density.Compact);

  const root = document.getElementById("root");
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <Broken>{page}</Broken>
      </StrictMode>,
    );
  }
}
