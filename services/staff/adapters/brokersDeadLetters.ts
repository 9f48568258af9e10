import { withBroker } from "#common/deadLetters/broker";
import type { Letter } from "#common/deadLetters/letter";
import { countAndLookAt } from "#common/deadLetters/letters";
import { queues } from "#common/deadLetters/queues";
import { discard, redrive } from "#common/deadLetters/redrive";
import { AppError } from "#common/errors";
import { oneAfterTheOther } from "#common/turns";
import type { DeadLetters } from "./deadLetters.ts";

/** How many letters of a queue are shown. */
const mostShown = 100;

const acts = { redrive, discard };

/**
 * The dead letters of the broker at `url`, of the queues of these names. One at a time looks: what somebody holds,
 * another one does not see.
 */
export function brokersDeadLetters(url: string, names: readonly string[] = queues): DeadLetters {
  const turn = oneAfterTheOther();

  async function act(how: "redrive" | "discard", queue: string, eventIds: readonly string[]): Promise<number> {
    if (!names.includes(queue)) throw new AppError("not_found", `There is no queue ${queue}`);
    const ids = new Set(eventIds);
    const chosen = ({ id }: Letter) => ids.size === 0 || ids.has(id);
    let count = 0;
    const onDone = () => {
      count += 1;
    };
    const work = () => withBroker(url, (broker) => acts[how](broker, queue, { chosen, onDone }));
    await turn(() => answered(work(), () => (count > 0 ? `, and ${count} letters were dealt with before` : "")));
    return count;
  }

  return {
    async list() {
      const all = () =>
        withBroker(url, (broker) => Promise.all(names.map((queue) => countAndLookAt(broker, queue, mostShown))));
      return turn(() => answered(all()));
    },
    resend: (queue, eventIds) => act("redrive", queue, eventIds),
    discard: (queue, eventIds) => act("discard", queue, eventIds),
  };
}

async function answered<T>(asked: Promise<T>, done = () => ""): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw new AppError("unavailable", `The broker does not answer, or did not take it${done()}`, {}, { cause });
  }
}
