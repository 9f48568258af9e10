import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useDesk } from "./useDesk.ts";

/** Does an act once a press, and knows how it went. */
export function useAct() {
  const { acts, announcement } = useDesk();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);

  /** `what` names the act with all it says; `said` is told when it is done. Resolves with undefined when it is not. */
  const act = useCallback(
    async <T>(what: string, said: string, call: (requestId: string) => Promise<T>): Promise<T | undefined> => {
      setBusy(true);
      setError(undefined);
      try {
        const answer = await acts.run(what, call);
        announcement.set(said);
        return answer;
      } catch (failure) {
        if (there.current) setError(failure);
        return undefined;
      } finally {
        if (there.current) setBusy(false);
      }
    },
    [acts, announcement],
  );
  const forget = useCallback(() => setError(undefined), []);
  return { act, busy, error, forget };
}
