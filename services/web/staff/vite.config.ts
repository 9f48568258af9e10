import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Where `npm run dev:staff` finds the staff service. */
const service = process.env.STAFF_URL ?? "http://127.0.0.1:8090";

/** The staff's page: an entry of its own, so that no guest loads a byte of it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/staff/",
  publicDir: fileURLToPath(new URL("../public", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../../../dist/staff", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // A data: URI would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // Not all of /staff/api: the folder of that name holds modules.
  server: { host: "127.0.0.1", proxy: { "^/staff/(api/staff\\.|login|logout)": service } },
});
