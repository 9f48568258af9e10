import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Where `npm run dev:web` finds the API. */
const api = process.env.API_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../../dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // A data: URI would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // Not all of /api: the folder of that name holds modules.
  server: { host: "127.0.0.1", proxy: { "^/(api/(session|products|shop|customers)|auth/)": api } },
});
