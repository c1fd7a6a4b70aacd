import { createRoot } from "react-dom/client";
import { startApp } from "./app.ts";
import { Root } from "./Root.tsx";
import { StoryPage } from "./StoryPage.tsx";
import "./styles/index.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const [, page, story] = location.hash.split("/");
createRoot(root).render(
  page === "states" ? <StoryPage wanted={story} /> : <Root app={startApp()} />,
);

// The stories are pages of their own, not a state of the app.
addEventListener("hashchange", () => location.reload());
