import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Relative, because the page is served under /agent/ and may be put anywhere.
// Nothing is inlined, so that the page's content security policy needs no data: URLs.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1_000 },
});
