import type { Handler } from "#common/decorator/observed";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";
import { listActs, listTrouble, searchOrders } from "./lists.ts";
import { announceOrder, refundOrder, staffCancel } from "./orderActs.ts";
import { getTakings } from "./takings.ts";
import { finishTicket, listTickets, takeBackTicket, takeTicket, tickDish } from "./tickets.ts";

type Dependencies = { orders: OrderRepository; now: Now; newId: () => string; soon: () => void };

/** Decorates a use case. */
type Decorate = <I extends object, O>(name: string, handler: Handler<I, O>) => Handler<I, O>;

/** What staff do with orders, and ask of them. */
export function staffUseCases(useCase: Decorate, to: Dependencies) {
  return {
    listTickets: useCase("listTickets", listTickets(to)),
    takeTicket: useCase("takeTicket", takeTicket(to)),
    tickDish: useCase("tickDish", tickDish(to)),
    finishTicket: useCase("finishTicket", finishTicket(to)),
    takeBackTicket: useCase("takeBackTicket", takeBackTicket(to)),
    cancel: useCase("staffCancelOrder", staffCancel(to)),
    refund: useCase("refundOrder", refundOrder(to)),
    announce: useCase("announceOrder", announceOrder(to)),
    search: useCase("searchOrders", searchOrders(to)),
    takings: useCase("getTakings", getTakings(to)),
    listTrouble: useCase("listTrouble", listTrouble(to)),
    listActs: useCase("listOrderActs", listActs(to)),
  };
}
