import { ConnectError } from "@connectrpc/connect";
import { codeOf, errorOf } from "#common/connect/errors";
import { AppError } from "#common/errors";
import type { ItemResult } from "#common/genproto/common/v1/item_result_pb";
import type { Logger } from "#common/logging";

/** One item's answer, as a message that is still to be made. */
export type ItemAnswer = { id: string; refusal?: { code: number; message: string } };

/**
 * Does the work of every item of a batch at once. One that fails is refused in its own answer, as a call for it alone
 * would have been, and neither fails nor delays its neighbours; an unexpected error is logged whole and leaves as
 * "internal error". @returns the answers in the order of the ids.
 */
export function answerItems(
  ids: readonly string[],
  work: (id: string, index: number) => Promise<unknown>,
  logger: Logger,
): Promise<ItemAnswer[]> {
  return Promise.all(
    ids.map(async (id, index) => {
      try {
        await work(id, index);
        return { id };
      } catch (error) {
        if (!(error instanceof AppError)) logger.error("an item of a batch failed", { id }, error);
        const { code, rawMessage } = codeOf(error);
        return { id, refusal: { code, message: rawMessage } };
      }
    }),
  );
}

/** The refusal of an item as the error that a call for it alone would have ended in; undefined when it was done. */
export function refusalOf(service: string, { refusal }: Pick<ItemResult, "refusal">): AppError | undefined {
  return refusal && errorOf(service, new ConnectError(refusal.message, refusal.code));
}
