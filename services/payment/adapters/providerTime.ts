/** An answer that took longer says too little of the time; in milliseconds. */
const timeoutMs = 5_000;

/**
 * The provider's clock, to the second: every answer of it, an error too, has a `Date`.
 * @throws when it does not answer, or without a time.
 */
export function providerTime(apiUrl = "https://api.stripe.com"): () => Promise<Date> {
  return async () => {
    const { headers } = await fetch(apiUrl, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const time = new Date(headers.get("date") ?? "");
    if (Number.isNaN(time.getTime())) throw new Error("The payment provider does not say what time it is");
    return time;
  };
}
