import type { Handler } from "#common/decorator/observed";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";
import { listActs, listTrouble, searchOrders } from "./lists.ts";
import { announceOrder, refundOrder, staffCancel } from "./orderActs.ts";
import { getTakings } from "./takings.ts";
import { finishTicket, listTickets, takeBackTicket, takeTicket, tickDish } from "./tickets.ts";

type Deps = { orders: OrderRepository; now: Now; newId: () => string; soon: () => void };

/** Decorates a use case. */
type Decorate = <I extends object, O>(name: string, handler: Handler<I, O>) => Handler<I, O>;

/** What staff do with orders, and ask of them. */
export function staffUseCases(useCase: Decorate, deps: Deps) {
  return {
    listTickets: useCase("listTickets", listTickets(deps)),
    takeTicket: useCase("takeTicket", takeTicket(deps)),
    tickDish: useCase("tickDish", tickDish(deps)),
    finishTicket: useCase("finishTicket", finishTicket(deps)),
    takeBackTicket: useCase("takeBackTicket", takeBackTicket(deps)),
    cancel: useCase("staffCancelOrder", staffCancel(deps)),
    refund: useCase("refundOrder", refundOrder(deps)),
    announce: useCase("announceOrder", announceOrder(deps)),
    search: useCase("searchOrders", searchOrders(deps)),
    takings: useCase("getTakings", getTakings(deps)),
    listTrouble: useCase("listTrouble", listTrouble(deps)),
    listActs: useCase("listOrderActs", listActs(deps)),
  };
}
