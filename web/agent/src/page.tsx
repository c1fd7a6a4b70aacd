/** The agent's page, or its states side by side. */

import { lazy, Suspense } from "react";
import { App } from "./app.tsx";
import { draw } from "./draw.tsx";

const States = lazy(() => import("./states/page.tsx"));

draw(
  window.location.hash.startsWith("#/states") ? (
    <Suspense>
      <States />
    </Suspense>
  ) : (
    <App />
  ),
);
