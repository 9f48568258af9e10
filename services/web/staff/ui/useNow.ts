import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./useDesk.ts";

/** The present by the server's clock in ms, every second anew. */
export function useNow(): number {
  const { now: read } = useDesk();
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 1_000);
    return () => clearInterval(timer);
  }, [read]);
  return now;
}
