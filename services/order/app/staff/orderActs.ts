import type { Handler } from "#common/decorator/observed";
import type { Money } from "../../domain/lines.ts";
import type { OrderSnapshot } from "../../domain/order.ts";
import { staffActor } from "../../domain/status.ts";
import { type ActDeps, type ActOn, staffAct } from "./staffAct.ts";

type Deps = ActDeps & { newId: () => string; soon: () => void };

/** Staff cancel an order that is unpaid, or paid and not finished: it is not cooked, and its money goes back. */
export function staffCancel({ newId, soon, ...deps }: Deps): Handler<ActOn, OrderSnapshot> {
  const act = staffAct(deps);
  return async (wish) => {
    const { requestId, subject, reason } = wish.act;
    const order = await act(wish, "order.cancel", (order, stamp) =>
      order.callOff(staffActor(subject), { id: requestId, reason }, newId(), stamp),
    );
    soon();
    return order;
  };
}

/** Staff give money back, all that is left without an amount. The refund's id is the request's. */
export function refundOrder({ soon, ...deps }: Deps): Handler<ActOn & { amount?: Money }, OrderSnapshot> {
  const act = staffAct(deps);
  return async (wish) => {
    const { requestId: id, subject, reason } = wish.act;
    const { amount } = wish;
    const order = await act(wish, "order.refund", (order, stamp) =>
      order.giveBack({ id, by: staffActor(subject), reason, ...(amount && { amount }) }, stamp),
    );
    soon();
    return order;
  };
}

/** Staff have all that an order still waits for tried anew, also what was given up. */
export function announceOrder({ soon, ...deps }: Deps): Handler<ActOn, OrderSnapshot> {
  const act = staffAct(deps);
  return async (wish) => {
    const order = await act(wish, "order.announce", (order, stamp) => order.announce(stamp));
    soon();
    return order;
  };
}
