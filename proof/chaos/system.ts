import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { local } from "../../dev/stack/parts/context.ts";
import { mongodbUrl } from "../../dev/stack/parts/mongodb.ts";
import { mysqlUrl } from "../../dev/stack/parts/mysql.ts";
import { tellBroker } from "../../dev/stack/parts/rabbitmq.ts";
import { noLimits } from "../../dev/stack/parts/services.ts";
import { instancesOf } from "../../dev/stack/ports.ts";
import { type Stack, startStack } from "../../dev/stack/stack.ts";
import { say } from "../../ops/command/say.ts";
import { type OpenBooks, openBooks } from "../../ops/ledger/read.ts";
import { openPool } from "../../services/stock/adapters/mysql/database.ts";
import { mysqlStock } from "../../services/stock/adapters/mysql/stock.ts";
import { restock } from "../../services/stock/domain/dish.ts";
import { takeTestPorts } from "../testing/offsets.ts";
import { type Deliveries, deliveriesOf } from "./deliveries.ts";
import { type Plants, plantsIn } from "./plants.ts";
import { type Provider, providerAt } from "./provider.ts";
import { type Toxics, toxicsOf } from "./toxics.ts";
import { type Webhooks, webhooksTo } from "./webhooks.ts";

/** A whole stack of our own, and every handle by which it can be hurt. */
export type System = {
  readonly stack: Stack;
  readonly replicas: number;
  /** The order service's replicas, for customers. */
  readonly urls: readonly string[];
  /** Ids: one that there is plenty of, and one that there is little of. */
  readonly products: readonly string[];
  readonly toxics: Toxics;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly provider: Provider;
  readonly plants: Plants;
  /** What an operator tells RabbitMQ, in the words of `rabbitmqctl`. */
  readonly broker: (...words: string[]) => Promise<void>;
  /** Stock, money and orders, past the services. */
  readonly books: OpenBooks;
  /** A delivery: units of what there is little of, for the next guests to fight over. */
  restock(units: number): Promise<void>;
  /** What earlier rounds have found wrong. */
  readonly known: Set<string>;
  /** Kills everything. @param keep leaves the data and the logs where they are. */
  end(keep?: boolean): Promise<void>;
};

/** The menu's two products. */
const [plenty, scarce] = ["plenty", "scarce"];

const menuFile = join(import.meta.dirname, "menu.json");

/** Short lives, so that what is left behind ends while we look; the rest is as it always is. */
const env = {
  ...noLimits,
  LOG_LEVEL: "info",
  MENU_FILE: menuFile,
  COOKS: "1000",
  COOK_SECONDS: "0.2",
  ORDER_TTL: "8s",
  RECONCILE_SECONDS: "5",
  RESERVATION_TTL_SECONDS: "60",
  RESERVATION_SWEEP_SECONDS: "5",
};

/** Starts it on free ports, with data that go when it ends. */
export async function startSystem(replicas: number): Promise<System> {
  const { ports, release } = await takeTestPorts();
  const data = await mkdtemp(join(tmpdir(), "gorder-chaos-"));
  const webhooks = await webhooksTo(
    instancesOf("payment", replicas).map((name) => `${local(ports[name])}/api/stripe/webhook`),
  );
  const clean = async (keep = false) => {
    webhooks.end();
    if (!keep) await rm(data, { recursive: true, force: true });
    release();
  };
  try {
    const stack = await startStack({
      data,
      ports,
      replicas,
      toxic: true,
      direct: false,
      traceSampleRatio: 0,
      env: { ...env, WEBHOOK_URL: webhooks.url },
      tell: (line) => say(`    ${line}`),
    });
    await stack.startServices();
    const deliveries = deliveriesOf(stack.context);
    await deliveries.listen();
    const { stripeSecretKey: secretKey } = stack.context.secrets;
    const apiUrl = local(ports.standin);
    const provider = providerAt(apiUrl, secretKey);
    const books = openBooks({
      mysqlUrl: mysqlUrl(stack.context),
      mongodbUrl: mongodbUrl(stack.context),
      provider: { secretKey, apiUrl },
    });
    return {
      stack,
      replicas,
      urls: instancesOf("order", replicas).map((name) => local(ports[name])),
      products: [plenty, scarce],
      toxics: toxicsOf(local(ports.toxiproxy)),
      webhooks,
      deliveries,
      provider,
      plants: plantsIn({
        mysqlUrl: mysqlUrl(stack.context),
        mongodbUrl: mongodbUrl(stack.context),
        provider,
        books,
        product: plenty,
        apps: [local(ports["order-app"]), local(ports["stock-app"])],
      }),
      broker: (...words) => tellBroker(stack.context, ...words),
      books,
      async restock(units) {
        const pool = openPool(mysqlUrl(stack.context), 1);
        const by = { id: randomUUID(), subject: "chaos", name: "", reason: "a new round", at: new Date(), traceId: "" };
        const act = { ...by, action: "dish.restock", target: scarce, content: "" };
        try {
          await mysqlStock(pool).staff.perform(act, (found) => restock(found, units));
        } finally {
          await pool.end();
        }
      },
      known: new Set(),
      async end(keep = false) {
        await books.close();
        await stack.killAll();
        await stack.stop();
        await clean(keep);
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}
