import { actsContract } from "./actsContract.ts";
import { orderRepositoryContract } from "./contract.ts";
import { memoryOrders } from "./memoryOrders.ts";
import { outboxContract } from "./outboxContract.ts";
import { recordsContract } from "./recordsContract.ts";
import { restContract } from "./restContract.ts";

const open = async (): Promise<[ReturnType<typeof memoryOrders>, ReturnType<typeof memoryOrders>]> => {
  const orders = memoryOrders();
  return [orders, orders];
};
orderRepositoryContract("memory", open);
outboxContract("memory", open);
restContract("memory", open);
recordsContract("memory", open);
actsContract("memory", open);
