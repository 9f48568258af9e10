import { useState } from "preact/hooks";
import type { BoardLine } from "#common/genproto/order/v1/staff_pb";
import { ActDialog } from "../ActDialog.tsx";
import { useDesk, useMe } from "../useDesk.ts";

type Props = { line: BoardLine; number: string; canTick: boolean; onTick(done: boolean): void };

/** A dish of a ticket: a touch ticks it off, and beside it is the way to say that there is no more of it. */
export function DishLine({ line: { name, quantity, done, productId, note }, number, canTick, onTick }: Props) {
  const { staff } = useDesk();
  const { may } = useMe();
  const [asking, setAsking] = useState(false);
  const words = (
    <>
      <span class="dish-count">{quantity}</span>
      <span class="dish-name">
        {name}
        {note && <strong class="dish-note">{note}</strong>}
      </span>
    </>
  );
  return (
    <li class={`dish ${done ? "dish-done" : ""}`}>
      {canTick && may("TickDish") ? (
        <button
          type="button"
          class="dish-tick"
          aria-pressed={done}
          aria-label={`${quantity} × ${name}${note && `, ${note},`} of ${number} done`}
          onClick={() => onTick(!done)}
        >
          {words}
        </button>
      ) : (
        <span class="dish-words">{words}</span>
      )}
      {may("SetSoldOut") && (
        <button
          type="button"
          class="dish-sold-out"
          aria-label={`No more ${name}: mark it sold out`}
          title="Sold out"
          onClick={() => setAsking(true)}
        >
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <path d="M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M5.800 5.800l12.400 12.400" />
          </svg>
        </button>
      )}
      {asking && (
        <ActDialog
          open
          onClose={() => setAsking(false)}
          title={`No more ${name} tonight?`}
          text="Nobody can order it until somebody sets it back under “Menu”. Tickets that are here stay."
          confirm="Sold out"
          danger
          what={`sold-out ${productId}`}
          said={`${name} is sold out`}
          call={(requestId) => staff.setSoldOut({ requestId, productId, soldOut: true })}
        />
      )}
    </li>
  );
}
