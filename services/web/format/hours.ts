import type { OpeningHours } from "../api/types.ts";
import { words } from "../language/language.ts";

/** A Monday, midnight. */
const monday = Date.UTC(2024, 0, 1);

/** When the shop is open, a line each, in the page's language: "Tue–Fri 11:30–14:00". */
export function hoursInWords(hours: readonly OpeningHours[]): string[] {
  const { hoursOf } = words.shop;
  return hours.map(({ days, opens, closes }) => hoursOf(daysInWords(days), clock(opens), clock(closes)));
}

function daysInWords(days: readonly number[]): string {
  const spans: number[][] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last?.at(-1) === ((day + 5) % 7) + 1) last.push(day);
    else spans.push([day]);
  }
  const name = (day = 1) => shown(monday + (day - 1) * 86_400_000, { weekday: "short" });
  const inWords = (span: number[]) =>
    span.length > 1 ? words.shop.daySpan(name(span[0]), name(span.at(-1))) : name(span[0]);
  return new Intl.ListFormat(words.locale, { type: "unit" }).format(spans.map(inWords));
}

function clock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return shown(monday + (hours * 60 + minutes) * 60_000, { hour: "2-digit", minute: "2-digit" });
}

function shown(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(words.locale, { ...options, timeZone: "UTC" }).format(at);
}
