import { overdueContract } from "../overdueContract.ts";
import { memoryStock } from "./stock.ts";

overdueContract("memory", async (menu) => {
  const stock = memoryStock(menu);
  return [stock, stock];
});
