import { useEffect, useState } from "preact/hooks";
import { useShop } from "./useShop.ts";

/** The present by the server's clock, every second anew. */
export function useNow(): Date {
  const { clock } = useShop();
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return new Date(now);
}
