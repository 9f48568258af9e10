import type { Letter } from "#common/deadLetters/letter";
import type { Depth } from "#common/deadLetters/letters";

const longestText = 2_000;

/** One line a queue: how many dead letters, and how old the oldest is. */
export function depthLines(depths: readonly Depth[], now: Date): string {
  const rows = depths.map(({ queue, letters, oldest }) => [queue, String(letters), letters ? age(oldest, now) : "-"]);
  const all = [["QUEUE", "DEAD LETTERS", "OLDEST"], ...rows];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** All that is known of a dead letter. */
export function letterText({ id, queue, type, traceId, diedAt, reason, deaths, headers, ...it }: Letter, now: Date) {
  const facts: [string, string][] = [
    ["queue", queue],
    ["type", type || "-"],
    ["died", `${age(diedAt, now)} ago, ${deaths === 1 ? "once" : `${deaths} times`}, ${reason}`],
    ["trace", traceId || "-"],
    ["headers", Object.keys(headers).length > 0 ? JSON.stringify(headers) : "-"],
  ];
  if (it.unreadable) facts.push(["no event", it.unreadable.why], ["text", shortened(it.unreadable.text)]);
  else facts.push(["event", indented(JSON.stringify(it.event, undefined, 2))]);
  return [id, ...facts.map(([name, value]) => `  ${name.padEnd(8)} ${value}`)].join("\n");
}

/** Control characters are shown, not sent to the terminal. */
function shortened(text: string): string {
  const shown = JSON.stringify(text.slice(0, longestText)).slice(1, -1);
  return text.length > longestText ? `${shown}… (${text.length} characters)` : shown;
}

function indented(text: string): string {
  return text.replaceAll("\n", `\n${" ".repeat(11)}`);
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
] as const;

/** How long ago, in the largest unit that fits. */
function age(then: Date | undefined, now: Date): string {
  if (!then) return "unknown";
  const seconds = Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000));
  for (const [unit, length] of units) if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  return `${seconds} s`;
}
