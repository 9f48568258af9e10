import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { run } from "../../ops/command/run.ts";
import { newGuest } from "./shop.ts";

type Operations = Record<string, { operationId: string }>;

const { url } = inject("stack").apps.order;
let packages: string;
let folder: string;

beforeAll(async () => {
  packages = dirname((await ensurePrograms(["schemathesis"])).schemathesis);
  folder = await mkdtemp(join(tmpdir(), "gorder-schemathesis-"));
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The ids of operations whose answers are streams: of orders under way they have no end that one could wait for. */
const streams = "^followOrders?$";

/**
 * Schemathesis as one guest: examples made from the schemas and against them, and chains of calls. The same ones in
 * every run. That a valid request is refused is no failure: most products and orders that it makes up do not exist.
 */
async function examine(guest: { customerId: string; token: string }) {
  await writeFile(join(folder, "schemathesis.toml"), `[parameters]\n"path.customerId" = "${guest.customerId}"\n`);
  const words = [
    ["--config-file", "schemathesis.toml", "run", `${url}/openapi.json`],
    ["--header", `Authorization: Bearer ${guest.token}`],
    ["--max-examples", "25", "--generation-deterministic"],
    ["--exclude-operation-id-regex", streams],
    ["--request-timeout", "30", "--exclude-checks", "positive_data_acceptance", "--no-color"],
  ].flat();
  return run("python3", ["-m", "schemathesis.cli", ...words], { cwd: folder, env: { PYTHONPATH: packages } });
}

test("the API answers as /openapi.json says, whatever is asked of it, and never with an error of its own", async () => {
  const guest = await newGuest();
  const { code, output } = await examine(guest);
  const { orders } = (await guest.get("?limit=100")).body as { orders: { id: string; status: string }[] };
  // What it ordered goes back to the shelf for the tests that follow.
  for (const { id } of orders) await guest.post(`/${id}/cancel`);
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, Operations> };
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  const examined = ids.filter((id) => !new RegExp(streams).test(id)).length;
  expect(examined).toBe(ids.length - 2);
  expect({ code, output }, output).toMatchObject({ code: 0, output: expect.stringContaining(`Tested: ${examined}`) });
}, 400_000);
