import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const columnStep: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const cardStep: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

const mains = (column: Element | undefined) => [...(column?.querySelectorAll<HTMLElement>("[data-main]") ?? [])];

/** Arrow keys go from card to card and from column to column; a card that leaves hands the focus to its neighbour. */
export function useBoardKeys(place: RefObject<HTMLElement | null>, tickets: unknown) {
  const last = useRef<{ column: number; index: number } | undefined>(undefined);

  useEffect(() => {
    const board = place.current;
    if (!board) return;
    const all = () => [...board.querySelectorAll("[data-column]")];
    const spot = (target: EventTarget | null) => {
      const card = (target as Element | null)?.closest(".ticket");
      const column = all().findIndex((each) => each.contains(card ?? null));
      const index = mains(all()[column]).findIndex((main) => card?.contains(main));
      return card && index >= 0 ? { column, index } : undefined;
    };
    const onFocus = (event: FocusEvent) => {
      last.current = spot(event.target);
    };
    const onKey = (event: KeyboardEvent) => {
      const from = spot(event.target);
      const [sideways, down] = [columnStep[event.key], cardStep[event.key]];
      if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
      if (sideways === undefined && down === undefined) return;
      const there = mains(all()[from.column + (sideways ?? 0)]);
      const next = there[Math.min(from.index + (down ?? 0), there.length - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.closest(".ticket")?.scrollIntoView({ block: "nearest" });
    };
    board.addEventListener("focusin", onFocus);
    board.addEventListener("keydown", onKey);
    return () => {
      board.removeEventListener("focusin", onFocus);
      board.removeEventListener("keydown", onKey);
    };
  }, [place]);

  useLayoutEffect(() => {
    const gone = last.current;
    if (!gone || document.activeElement !== document.body) return;
    const left = mains([...(place.current?.querySelectorAll("[data-column]") ?? [])][gone.column]);
    left[Math.min(gone.index, left.length - 1)]?.focus({ preventScroll: true });
  }, [tickets]);
}
