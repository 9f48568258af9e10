import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { AskActs } from "../adapters/acts.ts";
import type { Board } from "../adapters/board.ts";
import type { Books } from "../adapters/books.ts";
import type { DeadLetters } from "../adapters/deadLetters.ts";
import type { Services } from "../adapters/services.ts";
import type { OwnActs } from "../app/ownActs.ts";
import { boardRpc } from "./rpc/board.ts";
import { deadLetterRpc } from "./rpc/deadLetters.ts";
import { dishRpc } from "./rpc/dishes.ts";
import { moneyRpc } from "./rpc/money.ts";
import { orderRpc } from "./rpc/orders.ts";
import { peopleRpc } from "./rpc/people.ts";
import { ticketRpc } from "./rpc/tickets.ts";
import { troubleRpc } from "./rpc/trouble.ts";

export type RpcOptions = {
  services: Services;
  /** What was done, wherever it is recorded. */
  acts: AskActs;
  books: () => Promise<Books>;
  board: Board;
  deadLetters: DeadLetters;
  ownActs: OwnActs;
  /** Where a trace is shown; `{traceId}` stands for its id. */
  traceUrl?: string | undefined;
  now: () => number;
};

/** `StaffService`: what is done is done by the services behind; here it gets a name. */
export function staffRpc({
  services,
  acts,
  books,
  board,
  deadLetters,
  ownActs,
  traceUrl,
  now,
}: RpcOptions): ServiceImpl<typeof StaffService> {
  return {
    ...peopleRpc(services, acts),
    ...boardRpc(board, now),
    ...ticketRpc(services),
    ...dishRpc(services),
    ...orderRpc(services, acts, traceUrl),
    ...moneyRpc(services),
    ...troubleRpc(services, books),
    ...deadLetterRpc(deadLetters, ownActs),
  };
}
