import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { codeOf } from "#common/connect/errors";
import { AppError } from "#common/errors";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Board } from "../../adapters/board.ts";
import { callerOf } from "../caller.ts";

/** How many boards one session may have open: a tablet, a phone, and what was not closed yet. */
const mostStreams = 6;

/** How long one stream lasts at most, in milliseconds. Node's timers know no more than 24 days, and end at once beyond. */
const longestMs = 6 * 3_600_000;

/**
 * The kitchen's board as a stream. It ends halfway to the session's end, and after six hours at the latest: the page comes back at once, and the session
 * is renewed, so that a board that hangs on the wall neither signs its cook out nor outlives their role.
 */
export function boardRpc(board: Board, now: () => number): Pick<ServiceImpl<typeof StaffService>, "watchBoard"> {
  const open = new Map<string, number>();
  return {
    async *watchBoard(_request, context) {
      const { id, endsAt } = callerOf(context);
      const mine = open.get(id) ?? 0;
      if (mine >= mostStreams)
        throw codeOf(new AppError("too_many", "The board is open too often in this session: close some"));
      open.set(id, mine + 1);
      try {
        const half = AbortSignal.timeout(Math.min(longestMs, Math.max(1, Math.floor((endsAt - now()) / 2))));
        for await (const tickets of board.watch(AbortSignal.any([context.signal, half]))) {
          yield { tickets: [...tickets], at: timestampFromMs(now()) };
        }
      } catch (error) {
        // The interceptor that puts errors into our words sees the begin of a stream alone.
        throw codeOf(error);
      } finally {
        const left = (open.get(id) ?? 1) - 1;
        if (left > 0) open.set(id, left);
        else open.delete(id);
      }
    },
  };
}
