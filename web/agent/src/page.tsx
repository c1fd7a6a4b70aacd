/** Draw the page. */

import "@cloudscape-design/global-styles/dark-mode-utils.css";
import "@fontsource/open-sans/400.css";
import "@fontsource/open-sans/700.css";
import "./page.css";
import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { Broken } from "./view/broken.tsx";

const States = lazy(() => import("./states/page.tsx"));

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => applyMode(dark.matches ? Mode.Dark : Mode.Light);
dark.addEventListener("change", follow);
follow();
applyDensity(Density.Compact);

const page = window.location.hash.startsWith("#/states") ? (
  <Suspense>
    <States />
  </Suspense>
) : (
  <App />
);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Broken>{page}</Broken>
    </StrictMode>,
  );
}
