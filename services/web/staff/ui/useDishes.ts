import { useCallback } from "preact/hooks";
import { useAsked } from "./useAsked.ts";
import { useDesk } from "./useDesk.ts";

const freshMs = 10_000;

/** The dishes and the shop as they are, and the currency that the menu is written in. */
export function useDishes() {
  const { staff } = useDesk();
  const ask = useCallback((signal: AbortSignal) => staff.listDishes({}, { signal }), [staff]);
  const asked = useAsked(ask, freshMs);
  const dishes = asked.answer?.dishes ?? [];
  return { asked, dishes, currency: dishes[0]?.unitPrice?.currency ?? "eur" };
}
