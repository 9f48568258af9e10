/** An answer that took longer says too little of the time; in milliseconds. */
const timeoutMs = 5_000;

/**
 * The clock of a web server, to the second: every answer of it, an error too, has a `Date`. One that a cache kept has an
 * `Age` as well.
 * @param who is asked, in words for the log. @throws when it does not answer, or without a time.
 */
export function timeAt(url: string, who: string): () => Promise<Date> {
  return async () => {
    const { headers } = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const ageMs = Number.parseInt(headers.get("age") ?? "0", 10) * 1_000;
    const time = new Date(Date.parse(headers.get("date") ?? "") + ageMs);
    if (Number.isNaN(time.getTime())) throw new Error(`${who} does not say what time it is`);
    return time;
  };
}
