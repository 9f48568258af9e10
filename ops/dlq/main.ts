import { progress } from "@clack/prompts";
import type { ChannelModel } from "amqplib";
import { withBroker } from "#common/deadLetters/broker";
import { depthOf, hasDeadLetterQueue, lookAt } from "#common/deadLetters/letters";
import { queues as ours } from "#common/deadLetters/queues";
import { discard, redrive } from "#common/deadLetters/redrive";
import { say } from "../command/say.ts";
import { endWith, readWords, WrongWord } from "../command/words.ts";
import { brokerUrl } from "./broker.ts";
import { type Choice, choiceOf } from "./choice.ts";
import { depthLines, letterText } from "./words.ts";

const help = `npm run dlq -- list | show | redrive | discard     what consumers could not handle

  list                         how many, and how old
  show [--limit N]             headers, reason, trace and the event itself (default 20 of them)
  redrive --all | --id ID…     back to their own queue, for the consumer that failed
  discard --id ID… | --all --yes

  --queue Q                    of one consumer's queue, e.g. payment-order.created
  --dry-run                    (redrive, discard) only say which ones
  --json                       (list, show)
  RABBITMQ_URL                 the broker (amqp://user:password@host:port); default: the stack that runs here`;

const actions = { redrive: { work: redrive, done: "put back" }, discard: { work: discard, done: "thrown away" } };

async function main(): Promise<void> {
  const { values, positionals } = readWords(help, {
    allowPositionals: true,
    options: {
      queue: { type: "string" },
      id: { type: "string", multiple: true },
      all: { type: "boolean" },
      yes: { type: "boolean" },
      limit: { type: "string", default: "20" },
      json: { type: "boolean" },
      "dry-run": { type: "boolean" },
    },
  });
  const [command = "help", ...moreIds] = positionals;
  if (command === "help") return say(help);
  const ids = [...(values.id ?? []), ...moreIds];
  const choice = choiceOf({ ...values, command, ids });
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new WrongWord(`--limit: "${values.limit}" is not a number of letters`);
  await withBroker(brokerUrl(process.env), async (broker) => {
    for (const queue of choice.queues) await demandQueue(broker, queue);
    if (command === "list") return list(broker, choice.queues, values.json);
    if (command === "show") return show(broker, choice, limit, values.json);
    if (values["dry-run"]) return name(broker, choice);
    await act(broker, choice, command === "discard" ? "discard" : "redrive", ids.length);
  });
  const missing = choice.missing();
  if (missing.length > 0) throw new Error(`No dead letter has the id ${missing.join(", ")}`);
}

/** Ours may not be there yet. @throws WrongWord at a queue that nobody has, which would look empty for ever. */
async function demandQueue(broker: ChannelModel, queue: string): Promise<void> {
  if (ours.some((name) => name === queue) || (await hasDeadLetterQueue(broker, queue))) return;
  throw new WrongWord(`No consumer has a queue "${queue}": ${ours.join(", ")}`);
}

async function list(broker: ChannelModel, queues: readonly string[], json?: boolean): Promise<void> {
  const depths = await Promise.all(queues.map((queue) => depthOf(broker, queue)));
  say(json ? JSON.stringify(depths, undefined, 2) : depthLines(depths, new Date()));
}

async function show(broker: ChannelModel, { queues, chosen }: Choice, limit: number, json?: boolean): Promise<void> {
  const letters = [];
  for (const queue of queues) letters.push(...(await lookAt(broker, queue, chosen, limit - letters.length)));
  if (json) return say(JSON.stringify(letters, undefined, 2));
  say(letters.map((letter) => letterText(letter, new Date())).join("\n\n") || "There are no dead letters");
}

async function name(broker: ChannelModel, { queues, chosen }: Choice): Promise<void> {
  for (const queue of queues) {
    const letters = await lookAt(broker, queue, chosen, Number.POSITIVE_INFINITY);
    for (const { id, type } of letters) say(`  ${queue}  ${id}  ${type}`);
  }
}

async function act(
  broker: ChannelModel,
  { queues, chosen }: Choice,
  action: keyof typeof actions,
  wanted: number,
): Promise<void> {
  const { work, done } = actions[action];
  for (const queue of queues) {
    const { letters } = await depthOf(broker, queue);
    let count = 0;
    const bar = process.stdout.isTTY && letters > 0 ? progress({ max: wanted || letters }) : undefined;
    bar?.start(queue);
    await work(broker, queue, {
      chosen,
      onDone: () => {
        count += 1;
        bar?.advance(1, `${queue}: ${count}`);
      },
    });
    bar?.stop(queue);
    if (count > 0) say(`  ${queue}: ${count} ${done}`);
  }
}

main().catch(endWith);
