import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

/** Keeps what the provider knows for as long as it runs: it is for development, and has no more to remember. */
export function inMemory(): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  const seconds = () => Math.floor(Date.now() / 1_000);
  return (model): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      async upsert(id, payload, expiresIn) {
        kept.set(keyOf(id), { ...payload, ...(expiresIn && { exp: seconds() + expiresIn }) });
      },
      async find(id) {
        const found = kept.get(keyOf(id));
        return found && (found.exp ?? Number.POSITIVE_INFINITY) > seconds() ? found : undefined;
      },
      async findByUid(uid) {
        return [...kept].find(([key, payload]) => key.startsWith(keyOf("")) && payload.uid === uid)?.[1];
      },
      async findByUserCode() {},
      async consume(id) {
        const found = kept.get(keyOf(id));
        if (found) kept.set(keyOf(id), { ...found, consumed: seconds() });
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
