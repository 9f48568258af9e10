import { pageLocale } from "./locale.ts";

/** "28 Nov 2026", in the page's language and the reader's zone: on paper there is no today. */
export function formatDate(iso: string, locale = pageLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(iso));
}

/** "14:05:09" today, "21 Nov, 14:05" on another day, in the page's language and the reader's zone. */
export function formatTime(iso: string, now: Date, locale = pageLocale()): string {
  const at = new Date(iso);
  const options: Intl.DateTimeFormatOptions =
    at.toDateString() === now.toDateString()
      ? { hour: "2-digit", minute: "2-digit", second: "2-digit" }
      : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(locale, options).format(at);
}
