import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import { staffActor } from "../../domain/status.ts";
import type { Now } from "../services.ts";
import { type ActDeps, type ActOn, staffAct } from "./staffAct.ts";

/** How long a ticket that was finished by mistake is its cook's again, in seconds. */
const againSeconds = 3_600;

const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1_000);

/** A cook takes a ticket: it is theirs alone until the lease ends. */
export function takeTicket(deps: ActDeps): Handler<ActOn & { leaseSeconds: number }, OrderSnapshot> {
  const act = staffAct(deps);
  return (wish) =>
    act(wish, "ticket.take", (order, stamp) => {
      const until = later(stamp.at, wish.leaseSeconds);
      order.claimFor({ by: staffActor(wish.act.subject), until }, stamp);
    });
}

/** A cook ticks one dish of a ticket off, or on again. */
export function tickDish(deps: ActDeps): Handler<ActOn & { productId: string; done: boolean }, OrderSnapshot> {
  const act = staffAct(deps);
  return (wish) => act(wish, "ticket.tick", (order) => order.tick(wish.productId, wish.done));
}

/** A cook has finished the meal that they took. */
export function finishTicket(deps: ActDeps): Handler<ActOn, OrderSnapshot> {
  const act = staffAct(deps);
  return (wish) => act(wish, "ticket.finish", (order, stamp) => order.markReady(staffActor(wish.act.subject), stamp));
}

/** A cook takes back what was touched by mistake. */
export function takeBackTicket(deps: ActDeps): Handler<ActOn, OrderSnapshot> {
  const act = staffAct(deps);
  return (wish) =>
    act(wish, "ticket.take_back", (order, stamp) =>
      order.takeBack({ by: staffActor(wish.act.subject), until: later(stamp.at, againSeconds) }, stamp),
    );
}

/** The most tickets that a board shows. */
const mostTickets = 500;

type Board = { orders: Pick<OrderRepository, "inStatus" | "finished">; now: Now };

/** What waits for a cook, the first paid first, what is cooked, and what was finished within so many seconds. */
export function listTickets({
  orders,
  now,
}: Board): Handler<{ finishedWithinSeconds: number }, readonly OrderSnapshot[]> {
  const paidAt = ({ history }: OrderSnapshot) => history.find(({ status }) => status === "paid")?.at.getTime() ?? 0;
  return async ({ finishedWithinSeconds }) => {
    const [waiting, cooking, finished] = await Promise.all([
      orders.inStatus("paid", mostTickets),
      orders.inStatus("cooking", mostTickets),
      orders.finished(later(now().at, -finishedWithinSeconds), mostTickets),
    ]);
    // What goes back is nothing for a cook.
    const toCook = [waiting, cooking].flatMap((some) =>
      some
        .filter(({ cookableSince }) => cookableSince !== undefined)
        .map(({ snapshot }) => snapshot)
        .sort((a, b) => paidAt(a) - paidAt(b)),
    );
    return [...toCook, ...finished.map(({ snapshot }) => snapshot)].slice(0, mostTickets);
  };
}
