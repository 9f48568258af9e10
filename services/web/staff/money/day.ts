/** Local midnight of a day written as "2026-11-28", and the next one; undefined when it is no day. */
export function dayBounds(day: string): { from: Date; until: Date } | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const from = new Date(year, month - 1, date);
  if (from.getMonth() !== month - 1) return undefined;
  return { from, until: new Date(year, month - 1, date + 1) };
}

/** A moment's local day as "2026-11-28". */
export function dayOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Where the service gives a day's takings as a table for spreadsheets. */
export function csvPath(day: string): string | undefined {
  const bounds = dayBounds(day);
  if (!bounds) return undefined;
  const { from, until } = bounds;
  return `/staff/takings.csv?${new URLSearchParams({ from: from.toISOString(), until: until.toISOString() })}`;
}
