import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { FoundOrder } from "#common/genproto/staff/v1/staff_pb";
import { useStore } from "../../../ui/useShop.ts";
import { useTitle } from "../../../ui/useTitle.ts";
import { filterQuery, readFilter, searchOf } from "../../orders/filter.ts";
import { Failure } from "../Failure.tsx";
import { Nothing } from "../Nothing.tsx";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { useDishes } from "../useDishes.ts";
import { FilterForm } from "./FilterForm.tsx";
import { FoundRow } from "./FoundRow.tsx";

const freshMs = 5_000;
const pageSize = 25;

/** All orders, newest first, and the search among them. The first page is live. */
export function OrdersPage() {
  useTitle("Orders");
  const { staff, navigator } = useDesk();
  const { search } = useStore(navigator.place);
  const filter = useMemo(() => readFilter(search), [search]);
  const { dishes, currency } = useDishes();
  const asked = useMemo(() => ({ ...searchOf(filter, currency), pageSize }), [filter, currency]);
  const ask = useCallback((signal: AbortSignal) => staff.searchOrders({ search: asked }, { signal }), [staff, asked]);
  const first = useAsked(ask, freshMs);
  const older = useOlder(asked);
  return (
    <>
      <h1 tabIndex={-1}>Orders</h1>
      <FilterForm
        key={filterQuery(filter)}
        filter={filter}
        dishes={dishes}
        currency={currency}
        onSearch={(wanted) => navigator.look(filterQuery(wanted))}
      />
      <Shown of={first} label="Orders are loading">
        {({ orders, nextPageToken }) => {
          const next = older.orders.length > 0 ? older.next : nextPageToken;
          const all = distinct([...orders, ...older.orders]);
          if (all.length === 0)
            return <Nothing text={filterQuery(filter) ? "No order is like that." : "Nobody has ordered yet."} />;
          return (
            <>
              <ul class="found" aria-label="Orders">
                {all.map((found) => (
                  <FoundRow key={found.order?.id} found={found} />
                ))}
              </ul>
              <Failure error={older.error} />
              {next && (
                <button
                  type="button"
                  class="button button-quiet more"
                  aria-disabled={older.asking}
                  onClick={() => older.more(next)}
                >
                  {older.asking ? "Looking…" : "Older orders"}
                </button>
              )}
            </>
          );
        }}
      </Shown>
    </>
  );
}

/** Pages after the first; forgotten when something else is looked for. */
function useOlder(asked: object) {
  const { staff } = useDesk();
  const [pages, setPages] = useState<{ orders: FoundOrder[]; next: string }>({ orders: [], next: "" });
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => setPages({ orders: [], next: "" }), [asked]);

  async function more(pageToken: string) {
    if (asking) return;
    setAsking(true);
    setError(undefined);
    try {
      const { orders, nextPageToken } = await staff.searchOrders({ search: { ...asked, pageToken } });
      setPages((known) => ({ orders: [...known.orders, ...orders], next: nextPageToken }));
    } catch (failure) {
      setError(failure);
    }
    setAsking(false);
  }
  return { ...pages, asking, error, more };
}

/** New orders push others onto the next page, where they are found once more. */
function distinct(orders: readonly FoundOrder[]): FoundOrder[] {
  return [...new Map(orders.toReversed().map((found) => [found.order?.id, found])).values()].toReversed();
}
