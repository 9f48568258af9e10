import { timestampMs } from "@bufbuild/protobuf/wkt";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";

/** How long what an act has shown counts more than a board of the same version, in ms: it may have been on its way. */
export const onItsWayMs = 2_000;

/**
 * The board as it is now. A ticket that has not changed stays the same object, so that its card is not drawn again; one
 * that an act's answer showed in a newer version than a board that was on its way stays as the answer said. Dishes are
 * ticked off without a new version: `isJustShown` says of which tickets an answer has just told.
 */
export function mergeTickets(
  known: readonly BoardTicket[],
  told: readonly BoardTicket[],
  isJustShown: (orderId: string) => boolean = () => false,
): BoardTicket[] {
  const byId = new Map(known.map((ticket) => [ticket.orderId, ticket]));
  return told.map((ticket) => {
    const before = byId.get(ticket.orderId);
    if (!before || before.version < ticket.version) return ticket;
    const stays = before.version > ticket.version || isTickedAlike(before, ticket) || isJustShown(ticket.orderId);
    return stays ? before : ticket;
  });
}

function isTickedAlike({ lines }: BoardTicket, other: BoardTicket): boolean {
  return lines.length === other.lines.length && lines.every(({ done }, index) => done === other.lines[index]?.done);
}

/** The board with one ticket as an act's answer shows it. */
export function withTicket(known: readonly BoardTicket[], ticket: BoardTicket): BoardTicket[] {
  const others = known.filter(({ orderId }) => orderId !== ticket.orderId);
  const before = known.find(({ orderId }) => orderId === ticket.orderId);
  return before && before.version > ticket.version ? [...known] : [...others, ticket];
}

export const columns = ["waiting", "cooking", "finished"] as const;
export type Column = (typeof columns)[number];

const paid = ({ paidAt }: BoardTicket) => (paidAt ? timestampMs(paidAt) : 0);
const finished = ({ finishedAt }: BoardTicket) => (finishedAt ? timestampMs(finishedAt) : 0);

/** Waiting and cooked tickets with the oldest first, finished ones with the newest: that is the one to take back. */
export function inColumns(tickets: readonly BoardTicket[]): Record<Column, BoardTicket[]> {
  const of = (status: OrderStatus) => tickets.filter((ticket) => ticket.status === status);
  return {
    waiting: of(OrderStatus.PAID).sort((a, b) => paid(a) - paid(b)),
    cooking: of(OrderStatus.COOKING).sort((a, b) => paid(a) - paid(b)),
    finished: of(OrderStatus.READY).sort((a, b) => finished(b) - finished(a)),
  };
}

/** Whole minutes since the guest paid; a clock that is behind makes none of them negative. */
export function minutesWaiting(ticket: BoardTicket, now: number): number {
  return Math.max(0, Math.floor((now - paid(ticket)) / 60_000));
}

const soonMinutes = 8;
const lateMinutes = 15;

/** How a wait of so many minutes looks. */
export function lateness(minutes: number): "fresh" | "soon" | "late" {
  if (minutes >= lateMinutes) return "late";
  return minutes >= soonMinutes ? "soon" : "fresh";
}

const takeBackMs = 60_000;

/** Seconds in which a finished ticket can still be taken back; 0 when they are over. */
export function secondsToTakeBack(ticket: BoardTicket, now: number): number {
  return Math.max(0, Math.ceil((finished(ticket) + takeBackMs - now) / 1_000));
}

/** Waiting tickets that were not on the board before. */
export function newcomers(before: ReadonlySet<string>, tickets: readonly BoardTicket[]): BoardTicket[] {
  return tickets.filter(({ orderId, status }) => status === OrderStatus.PAID && !before.has(orderId));
}
