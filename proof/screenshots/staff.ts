import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { readWords } from "../../ops/command/words.ts";
import { serveFakeStaff } from "../../services/web/staff/testing/server.ts";
import { aFakeState } from "../../services/web/staff/testing/state.ts";
import { launch } from "../e2e/browser.ts";

const maxBytes = 200_000;
const root = join(import.meta.dirname, "..", "..");

readWords("npm run screenshot:staff   the staff's screens for docs/, with a service that is played");
/** `npm run screenshot:staff`: the staff's screens for docs/, of the built page with a service that is played. */
const browser = await launch((await ensurePrograms(["chromium"])).chromium);
const state = aFakeState();
const http = await serveFakeStaff(join(root, "dist", "staff"), state);
try {
  const file = `orders/${state.orders[11]?.order.id}`;
  await take("kitchen", "kitchen", "Take back", { width: 1024, height: 700 });
  await take("staff-order", file, "How it went", { width: 1024, height: 760 });
  await take("staff-menu", "menu", "Starters", { width: 390, height: 760 }, "dark");
} finally {
  await browser.close();
  await http.close();
}

async function take(name: string, path: string, shown: string, size: Viewport, colorScheme?: "dark") {
  const options = {
    viewport: size,
    reducedMotion: "reduce",
    locale: "en-IE",
    colorScheme: colorScheme ?? "light",
  } as const;
  const context = await browser.newContext({ ...options, baseURL: `http://127.0.0.1:${http.port}` });
  const page = await context.newPage();
  await page.goto(`/staff/${path}`);
  await page.getByText(shown).first().waitFor();
  await page.screenshot({ path: `docs/${name}.png` });
  await context.close();
  const bytes = (await stat(`docs/${name}.png`)).size;
  if (bytes > maxBytes) throw new Error(`docs/${name}.png has ${bytes} bytes, over ${maxBytes}`);
  process.stdout.write(`docs/${name}.png: ${Math.round(bytes / 1000)} kB\n`);
}

type Viewport = NonNullable<ReturnType<Page["viewportSize"]>>;
