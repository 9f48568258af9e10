import type { Letter } from "#common/deadLetters/letter";
import { queues } from "#common/deadLetters/queues";
import { WrongWord } from "../command/words.ts";

/** What the operator asked for. */
export type Wish = {
  command: string;
  ids: readonly string[];
  queue?: string | undefined;
  all?: boolean | undefined;
  yes?: boolean | undefined;
};

/** The queues to look into, and which of their dead letters are meant. */
export type Choice = {
  queues: readonly string[];
  chosen: (letter: Letter) => boolean;
  /** The ids that were asked for and that no letter had so far. */
  missing(): string[];
};

const commands = ["list", "show", "redrive", "discard"];

/** @throws WrongWord when it is not clear what is meant, or when it would throw away everything by a slip. */
export function choiceOf({ command, ids, queue, all, yes }: Wish): Choice {
  if (!commands.includes(command)) throw new WrongWord(`There is no "${command}": ${commands.join(", ")}`);
  const acts = command === "redrive" || command === "discard";
  if (acts && ids.length === 0 && !all) throw new WrongWord(`${command} which ones? --id ID… or --all`);
  if (all && ids.length > 0) throw new WrongWord("Either --all or --id, not both");
  if (command === "discard" && all && !yes) throw new WrongWord("discard --all loses them for good: say --yes too");
  const missing = new Set(ids);
  return {
    queues: queue ? [queue.replace(/^dlq-/, "")] : queues,
    chosen: ({ id }) => {
      missing.delete(id);
      return ids.length === 0 || ids.includes(id);
    },
    missing: () => [...missing],
  };
}
