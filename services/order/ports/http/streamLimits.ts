import { AppError } from "#common/errors";

/** How many event streams one replica keeps open: each holds a connection and memory for as long as somebody looks. */
export type StreamLimits = { streamsOfCustomer: number; streamsOfAddress: number; streams: number };

/** No limits at all: for whoever runs all of it for themselves. */
export const endlessStreams: StreamLimits = {
  streamsOfCustomer: Number.MAX_SAFE_INTEGER,
  streamsOfAddress: Number.MAX_SAFE_INTEGER,
  streams: Number.MAX_SAFE_INTEGER,
};

/** When a refused reader may come back, in seconds; meanwhile it can ask for the order itself. */
const retryAfterSeconds = 15;

/** Whose a stream is. */
export type Reader = { customerId: string; address: string };

/**
 * Counts open streams. `enter` counts one until the returned function is called.
 * @throws AppError "too_many" when the customer or the address has enough, "busy" when all of them together are.
 */
export function streamCounts(limits: StreamLimits) {
  const [ofCustomer, ofAddress] = [new Map<string, number>(), new Map<string, number>()];
  let all = 0;
  const add = (counts: Map<string, number>, key: string, one: 1 | -1) => {
    const count = (counts.get(key) ?? 0) + one;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  const count = ({ customerId, address }: Reader, one: 1 | -1): void => {
    add(ofCustomer, customerId, one);
    add(ofAddress, address, one);
    all += one;
  };
  return {
    enter(reader: Reader): () => void {
      const isFull =
        (ofCustomer.get(reader.customerId) ?? 0) >= limits.streamsOfCustomer ||
        (ofAddress.get(reader.address) ?? 0) >= limits.streamsOfAddress;
      const instead = "Ask for the order itself now and then, or close another stream.";
      if (isFull) throw new AppError("too_many", `That are too many event streams. ${instead}`, { retryAfterSeconds });
      if (all >= limits.streams) {
        throw new AppError("busy", `Very many people follow their orders. ${instead}`, { retryAfterSeconds });
      }
      count(reader, 1);
      let isOpen = true;
      return () => {
        if (isOpen) count(reader, -1);
        isOpen = false;
      };
    },
  };
}
