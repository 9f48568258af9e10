import { actsContract } from "./acts.suite.ts";
import { memoryOrders } from "./memoryOrders.ts";
import { orderRepositoryContract } from "./orderRepository.suite.ts";
import { outboxContract } from "./outbox.suite.ts";
import { recordsContract } from "./records.suite.ts";
import { restContract } from "./rest.suite.ts";

const open = async (): Promise<[ReturnType<typeof memoryOrders>, ReturnType<typeof memoryOrders>]> => {
  const orders = memoryOrders();
  return [orders, orders];
};
orderRepositoryContract("memory", open);
outboxContract("memory", open);
restContract("memory", open);
recordsContract("memory", open);
actsContract("memory", open);
