import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useVisible } from "../../ui/useVisible.ts";

export type Asked<T> = {
  answer: T | undefined;
  /** Why the last question had no answer; what was answered before is still shown. */
  error: unknown;
  asking: boolean;
  again(): void;
  /** Shows what an act's answer has told. */
  learn(answer: T): void;
};

/**
 * What the service answers to `ask`, anew whenever `ask` is another function, whenever the page comes back to the
 * front, and every `everyMs` while it is there.
 */
export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, everyMs?: number): Asked<T> {
  const [known, setKnown] = useState<{ of: unknown; answer: T } | undefined>();
  const [error, setError] = useState<unknown>();
  const [asking, setAsking] = useState(true);
  const running = useRef<AbortController | undefined>(undefined);

  const again = useCallback(async () => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setAsking(true);
    try {
      const answer = await ask(mine.signal);
      if (mine.signal.aborted) return;
      setKnown({ of: ask, answer });
      setError(undefined);
    } catch (failure) {
      if (mine.signal.aborted) return;
      setError(failure);
    }
    running.current = undefined;
    setAsking(false);
  }, [ask]);
  /** A slow answer is waited for, not asked for over and over. */
  const look = useCallback(() => {
    if (!running.current) void again();
  }, [again]);

  useEffect(() => {
    void again();
    return () => {
      running.current?.abort();
      running.current = undefined;
    };
  }, [again]);
  useVisible(look, everyMs);
  const learn = useCallback((answer: T) => setKnown({ of: ask, answer }), [ask]);
  return { answer: known?.of === ask ? known.answer : undefined, error, asking, again, learn };
}
