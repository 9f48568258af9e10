import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, inject, onTestFinished, test } from "vitest";
import { tryToPay } from "../../ops/demo/guest.ts";
import { mysqlConnection, newGuest, newProducts } from "./shop.ts";

const { mysqlUrl, mongodbUrl, stripeSecretKey, standinUrl } = inject("stack");

/** `npm run ledger -- --json` on the stack: the lines that name one of these ids, and the exit code. */
async function ledger(...ids: string[]) {
  const books = { MYSQL_URL: mysqlUrl, MONGODB_URL: mongodbUrl, STRIPE_SECRET_KEY: stripeSecretKey };
  const env = { ...process.env, ...books, STRIPE_API_URL: standinUrl };
  const command = spawn(process.execPath, ["--import", "tsx", "ops/ledger/main.ts", "--json"], { env });
  const ended = new Promise<number | null>((resolve) => void command.on("close", resolve));
  const [output, errors, code] = await Promise.all([text(command.stdout), text(command.stderr), ended]);
  if (output === "") throw new Error(errors);
  const { faults, underWay } = JSON.parse(output) as Record<"faults" | "underWay", string[]>;
  const ours = (lines: string[]) => lines.filter((line) => ids.some((id) => line.includes(id)));
  return { faults: ours(faults), underWay: ours(underWay), code };
}

/** An order of 2 of 10 units whose customer has a payment page. */
async function payable() {
  const [tea = ""] = await newProducts(10);
  const guest = await newGuest();
  const id = String((await guest.order([{ productId: tea, quantity: 2 }])).body.id);
  const status = async () => (await guest.get(`/${id}`)).body.status;
  await expect.poll(status).toBe("waiting_for_payment");
  const link = String((await guest.get(`/${id}`)).body.paymentLink);
  return { tea, id, status, link };
}

test("the ledger of the running system has nothing to say of an order that was paid and cooked, until a unit is lost", async () => {
  const { tea, id, status, link } = await payable();
  const waiting = { faults: [], underWay: [`order ${id}: is still waiting_for_payment`] };
  await expect.poll(() => ledger(tea, id)).toMatchObject(waiting);
  expect(await tryToPay(link)).toBe(true);
  await expect.poll(status).toBe("ready");
  // The sale's outbox entry is closed with the order's next write, which may come after the guest has read "ready".
  await expect.poll(() => ledger(tea, id)).toMatchObject({ faults: [], underWay: [] });

  const mysql = await mysqlConnection();
  const move = (by: number) => mysql.execute("UPDATE products SET available = available + ? WHERE id = ?", [by, tea]);
  onTestFinished(async () => void (await move(1)));
  await move(-1);
  expect(await ledger(tea, id)).toEqual({
    faults: [`product ${tea}: 7 available + 0 reserved + 2 sold are 9 units, it began with 10`],
    underWay: [],
    code: 1,
  });
});
