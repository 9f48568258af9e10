import { useEffect, useRef } from "preact/hooks";

/** After a move inside the page, brings the reader to the new view's heading, as a real page load would. */
export function useRouteFocus(visit: number) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (visit === 0) return;
    const heading = main.current?.querySelector<HTMLElement>("h1") ?? main.current;
    heading?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [visit]);
  return main;
}
