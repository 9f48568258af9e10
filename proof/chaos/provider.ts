/** The payment provider's moods, and its clerks. */
export type Provider = {
  /** Says how it behaves from now on: see services/standin/control.ts. */
  tell(path: string, params: Readonly<Record<string, string>>): Promise<void>;
  /** The bank has done what it was asked for: every refund that is still under way has succeeded. */
  endRefunds(): Promise<void>;
};

/** Speaks to Stripe's stand-in as who knows its key. */
export function providerAt(apiUrl: string, secretKey: string): Provider {
  const headers = { authorization: `Bearer ${secretKey}` };
  async function post(path: string, params: Readonly<Record<string, string>>): Promise<void> {
    const body = new URLSearchParams(params);
    const answer = await fetch(`${apiUrl}/v1/standin${path}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`the provider answers ${answer.status} to ${path}`);
    await answer.arrayBuffer();
  }
  return {
    tell: post,
    async endRefunds() {
      for (let last = ""; ; ) {
        const after = last ? `&starting_after=${last}` : "";
        const answer = await fetch(`${apiUrl}/v1/refunds?limit=100${after}`, { headers });
        const { data, has_more: more } = (await answer.json()) as {
          data: { id: string; status: string }[];
          has_more: boolean;
        };
        for (const { id, status } of data)
          if (status === "pending") await post(`/refunds/${id}`, { status: "succeeded" });
        last = data.at(-1)?.id ?? "";
        if (!more || !last) return;
      }
    },
  };
}
