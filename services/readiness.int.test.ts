import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type App, apps } from "../dev/services.ts";
import { mongodb, mongodbUrl } from "../dev/stack/parts/mongodb.ts";
import { mysqld, mysqlUrl } from "../dev/stack/parts/mysql.ts";
import { root } from "../dev/stack/parts/services.ts";
import { get } from "../dev/stack/wait.ts";
import { makeSecuredPlace, type Secured } from "../proof/testing/secured.ts";
import { startAlone } from "../proof/testing/startedAlone.ts";

let place: Secured;
beforeAll(async () => {
  place = await makeSecuredPlace();
  const { context, fleet } = place;
  await Promise.all([
    mysqld(context).then((part) => fleet.start("servers", part)),
    fleet.start("servers", mongodb(context)),
  ]);
}, 60_000);
afterAll(() => place.end());

const secret = "0123456789abcdef0123456789abcdef";

/** What each needs to start, but for a sidecar and for Consul, which are away. */
function settingsOf(app: App): Record<string, string> {
  const { context } = place;
  return {
    order: { MONGODB_URL: mongodbUrl(context), SESSION_SECRET: secret },
    stock: { MYSQL_URL: mysqlUrl(context) },
    payment: { STRIPE_SECRET_KEY: secret, STRIPE_WEBHOOK_SECRET: secret, PUBLIC_URL: "http://localhost" },
    kitchen: {},
    staff: {
      STAFF_PUBLIC_URL: "http://localhost",
      STAFF_SESSION_SECRET: secret,
      STAFF_OIDC_ISSUER: "http://localhost:1",
      STAFF_OIDC_CLIENT_ID: "gorder-staff",
    },
  }[app];
}

/** Starts it, and answers with how one asks whether it is ready: the names of its checks, and what each says. */
function started(app: App) {
  const port = place.context.ports[`${app}-dapr-internal`];
  startAlone(app, { ...settingsOf(app), HEALTH_PORT: String(port), CONSUL_URL: "http://127.0.0.1:1" });
  return async () => {
    const { status, text } = await get(`http://127.0.0.1:${port}/readyz`);
    const { checks } = JSON.parse(text) as { checks: Record<string, string> };
    return { status, checks };
  };
}

const within = { timeout: 90_000, interval: 200 };
const table = readFileSync(join(root, "docs", "operations.md"), "utf8");

/** What the documentation says of a service. */
function documented(app: App): string[] {
  const [, checks = ""] = new RegExp(`^\\| ${app} \\| (.*?) \\|`, "m").exec(table) ?? [];
  return [...checks.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
}

test.each(apps)(
  "%s is unready without what the documentation names, and for no other reason",
  async (app) => {
    const ask = started(app);
    const { status, checks } = await vi.waitFor(ask, within);
    expect(Object.keys(checks).sort()).toEqual(documented(app).sort());
    expect(status).toBe(503);
  },
  120_000,
);

test.each([
  ["order", "mongodb"],
  ["stock", "mysql"],
] as const)(
  "%s says which server is away, lives on, and is content when it is back",
  async (app, server) => {
    const ask = started(app);
    const says = async () => (await ask()).checks[server];
    await vi.waitFor(async () => expect(await says()).toBe("ok"), within);
    await place.fleet.kill(server);
    await vi.waitFor(async () => expect(await says()).toBe("does not answer"), within);
    await place.fleet.restart(server);
    await vi.waitFor(async () => expect(await says()).toBe("ok"), within);
  },
  300_000,
);
