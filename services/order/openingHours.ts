import { z } from "zod";

/** When the shop is open, on days from 1 (Monday) to 7; one that closes before it opens closes on the next day. */
export type OpeningHours = { days: number[]; opens: string; closes: string };

const names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const day = `(?:${names.join("|")})`;
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const rule = new RegExp(`^(${day}(?:-${day})?(?:,${day}(?:-${day})?)*) (${clock})-(${clock})$`);

/** Reads hours as schema.org's `openingHours` has them, with ";" between: "Tu-Fr 11:30-14:00; Sa,Su 12:00-22:00". */
export const openingHours = z.string().transform((text, context): OpeningHours[] =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .flatMap((part) => {
      const [, days, opens, closes] = rule.exec(part) ?? [];
      if (days && opens && closes) return [{ days: daysOf(days), opens, closes }];
      context.addIssue({ code: "custom", message: 'must be such as "Tu-Fr 11:30-14:00; Sa,Su 12:00-22:00"' });
      return [];
    }),
);

function daysOf(text: string): number[] {
  return text.split(",").flatMap((span) => {
    const [from = 0, until = from] = span.split("-").map((name) => names.indexOf(name));
    const length = ((until - from + 7) % 7) + 1;
    return Array.from({ length }, (_, index) => ((from + index) % 7) + 1);
  });
}
