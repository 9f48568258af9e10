import { MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { demandBalance } from "./ledger.ts";
import { mysqlConnection, newGuest, newProducts } from "./shop.ts";

/** One order of 2 of 10 units, whose cooked books are gone with the test. */
async function oneOrder() {
  const [tea = ""] = await newProducts(10);
  const guest = await newGuest();
  const id = String((await guest.order([{ productId: tea, quantity: 2 }])).body.id);
  const client = new MongoClient(inject("stack").mongodbUrl);
  const orders = client.db("gorder").collection<{ _id: string; status: string }>("orders");
  const mysql = await mysqlConnection();
  onTestFinished(async () => {
    await mysql.execute("DELETE FROM reservations WHERE order_id = ?", [id]);
    await mysql.execute("DELETE FROM products WHERE id = ?", [tea]);
    await orders.deleteOne({ _id: id });
    await client.close();
  });
  // From here on nobody but the test writes to the order.
  const status = async () => (await guest.get(`/${id}`)).body.status;
  await expect.poll(status).toBe("waiting_for_payment");
  expect((await demandBalance({ [tea]: 10 }))[tea]).toEqual({ available: 8, reserved: 2, sold: 0 });
  const look = () => demandBalance({ [tea]: 10 }, 500);
  return { tea, id, look, mysql, orders };
}

test.each([
  ["a unit too many", "UPDATE products SET available = available + 1 WHERE id = ?"],
  ["a unit lost", "UPDATE products SET available = available - 1 WHERE id = ?"],
  ["a unit in the wrong pile", "UPDATE products SET reserved = reserved - 1, sold = sold + 1 WHERE id = ?"],
])("the books do not close with %s", async (_, fraud) => {
  const { tea, look, mysql } = await oneOrder();
  await mysql.execute(fraud, [tea]);
  await expect(look()).rejects.toThrow(tea);
});

test("the books do not close with a reservation that no order has", async () => {
  const { id, look, orders } = await oneOrder();
  await orders.updateOne({ _id: id }, { $set: { status: "paid" } });
  await expect(look()).rejects.toThrow("is paid, and its reservation is reserved");
  await orders.deleteOne({ _id: id });
  await expect(look()).rejects.toThrow("does not exist, and its items are still reserved");
});
