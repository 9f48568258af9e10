/** What is left until a moment as "29:59" or "1:05:00", and as a duration for machines; undefined once it is over. */
export function timeLeft(until: string, now: Date): { shown: string; iso: string } | undefined {
  const seconds = Math.ceil((new Date(until).getTime() - now.getTime()) / 1000);
  if (!(seconds > 0)) return undefined;
  const digits = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const shown = `${hours > 0 ? `${hours}:${digits(minutes)}` : minutes}:${digits(seconds % 60)}`;
  return { shown, iso: `PT${seconds}S` };
}
