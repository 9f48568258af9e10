import { randomUUID } from "node:crypto";
import { type Code, ConnectError } from "@connectrpc/connect";

/** What Olga does, as a new act. */
export const act = (reason = "") => ({ requestId: randomUUID(), subject: "olga", name: "Olga", reason });
/** So many cents, as the contract writes them. */
export const eur = (amount: number) => ({ amount: BigInt(amount), currency: "eur" });

/** A dish as the page sends it. */
export const dish = (productId: string, fields: object = {}) => ({
  ...{ productId, name: productId, description: "", category: "food", emoji: "🍲", unitPrice: eur(250) },
  ...{ hidden: false, position: 0 },
  ...fields,
});

/** With what code and words a call is refused. @throws when it is done. */
export async function refusalOf(call: Promise<unknown>): Promise<[Code, string]> {
  const error = await call.then(() => undefined, ConnectError.from);
  if (!error) throw new Error("it was done");
  return [error.code, error.rawMessage];
}
