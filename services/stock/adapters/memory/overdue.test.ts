import { overdueContract } from "../overdue.suite.ts";
import { memoryStock } from "./stock.ts";

overdueContract("memory", async (menu) => {
  const stock = memoryStock(menu);
  return [stock, stock];
});
