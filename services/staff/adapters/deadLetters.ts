import type { Letter } from "#common/deadLetters/letter";
import { queues } from "#common/deadLetters/queues";
import { AppError } from "#common/errors";
import { oneAfterTheOther } from "#common/turns";

/** The dead letters of one consumer's queue: how many, and the oldest of them. */
export type DeadQueue = { readonly name: string; readonly count: number; readonly letters: readonly Letter[] };

/** What consumers gave up on. Every method may throw an AppError: "conflict" without a broker, "unavailable". */
export type DeadLetters = {
  list(): Promise<DeadQueue[]>;
  /** Puts letters back on their own queue: those with these ids, or all. @returns how many. */
  resend(queue: string, eventIds: readonly string[]): Promise<number>;
  /** Throws letters away. @returns how many. */
  discard(queue: string, eventIds: readonly string[]): Promise<number>;
};

/** How many letters of a queue are shown. */
const mostShown = 100;

/** Answers for an installation in which the staff's side may not speak to the broker. */
export const noDeadLetters: DeadLetters = (() => {
  const refuse = async () => {
    throw new AppError("conflict", "Dead letters are not shown here: this service has no RABBITMQ_URL");
  };
  return { list: refuse, resend: refuse, discard: refuse };
})();

/** The dead letters of the broker at `url`. One at a time looks: what somebody holds, another one does not see. */
export function brokersDeadLetters(url: string): DeadLetters {
  const turn = oneAfterTheOther();

  async function act(how: "redrive" | "discard", queue: string, eventIds: readonly string[]): Promise<number> {
    if (!queues.some((name) => name === queue)) throw new AppError("not_found", `There is no queue ${queue}`);
    const [{ withBroker }, work] = await reader();
    const ids = new Set(eventIds);
    const chosen = ({ id }: Letter) => ids.size === 0 || ids.has(id);
    let count = 0;
    const onDone = () => {
      count += 1;
    };
    await turn(() => answered(withBroker(url, (broker) => work[how](broker, queue, { chosen, onDone }))));
    return count;
  }

  return {
    async list() {
      const [{ withBroker }, { countAndLookAt }] = await reader();
      const all = () =>
        withBroker(url, (broker) => Promise.all(queues.map((queue) => countAndLookAt(broker, queue, mostShown))));
      return turn(() => answered(all()));
    },
    resend: (queue, eventIds) => act("redrive", queue, eventIds),
    discard: (queue, eventIds) => act("discard", queue, eventIds),
  };
}

/** Loaded when somebody asks, which is seldom. */
async function reader() {
  const [broker, letters, acts] = await Promise.all([
    import("#common/deadLetters/broker"),
    import("#common/deadLetters/letters"),
    import("#common/deadLetters/redrive"),
  ]);
  return [broker, { ...letters, ...acts }] as const;
}

async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw new AppError("unavailable", "The broker does not answer, or did not take it", {}, { cause });
  }
}
