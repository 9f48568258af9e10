import { Guest } from "../../ops/demo/guest.ts";
import { type Answered, answerLines, askAll, faultsOf } from "../observability/ask.ts";
import { waitFor } from "./wait.ts";

/** Orders a dish, pays as soon as that can be done, and waits until it is ready. */
async function eat(guest: Guest): Promise<void> {
  const { id } = await guest.order(1);
  let paid = false;
  const ready = async () => {
    const { status, paymentLink } = await guest.look(id);
    if (paymentLink && !paid) {
      paid = true;
      await guest.pay(paymentLink);
    }
    return status === "ready" ? undefined : `the order is ${status}`;
  };
  await waitFor("a meal", ready, { withinMs: 120_000 });
}

/**
 * Lets guests eat until a Prometheus knows all that the dashboards ask about the shop.
 * @returns one line a dashboard. @throws with every query that was refused or found nothing for four minutes.
 */
export async function showAnswers({ page, prometheus }: { page: string; prometheus: string }): Promise<string[]> {
  const guest = await Guest.arrive(page);
  let answers: Answered[] = [];
  const known = async () => {
    // A counter's first value is no rate yet: it takes some meals, some readings apart.
    await eat(guest);
    answers = await askAll(prometheus);
    const faults = faultsOf(answers);
    return faults.length === 0 ? undefined : `\n  ${faults.join("\n  ")}`;
  };
  await waitFor("what the dashboards ask", known, { withinMs: 240_000, everyMs: 3_000 });
  return answerLines(answers);
}
