import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { writeSolution } from "./solution/write.ts";

/** Pack the solution beside the page, and say how large everything is. */
function solution(): Plugin {
  return {
    name: "ringproof-solution",
    apply: "build",
    async closeBundle() {
      for (const [name, bytes] of await writeSolution()) {
        this.info(`${name}: ${bytes.toLocaleString("en")} bytes`);
      }
    },
  };
}

// The panel, as web/agent's page is built: under any path, and with nothing inlined.
export default defineConfig({
  base: "./",
  plugins: [react(), solution()],
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: { input: ["index.html", "redirect.html"] },
  },
});
