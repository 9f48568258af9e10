import { useState } from "preact/hooks";
import type { Dish } from "#common/genproto/stock/v1/staff_pb";
import { pictureOf } from "../../../pictures/pictures.ts";
import { Picture } from "../../../ui/Picture.tsx";
import { amountText } from "../../money/amount.ts";
import { Failure } from "../Failure.tsx";
import { useAct } from "../useAct.ts";
import { useDesk, useMe } from "../useDesk.ts";
import { StockDialog } from "./StockDialog.tsx";

type Props = { dish: Dish; onEdit(): void; onDone(): void };

const few = 5;

/** A dish: what it costs, how much is there, and what can be done about it. */
export function DishRow({ dish, onEdit, onDone }: Props) {
  const { staff } = useDesk();
  const { may } = useMe();
  const { act, busy, error } = useAct();
  const [moving, setMoving] = useState(false);
  const { productId, name, available, reserved, sold, hidden, soldOut, unitPrice } = dish;

  async function turn() {
    const said = soldOut ? `${name} can be ordered again` : `${name} is sold out`;
    const answer = await act(`sold-out ${productId} ${!soldOut}`, said, (requestId) =>
      staff.setSoldOut({ requestId, productId, soldOut: !soldOut }),
    );
    if (answer) onDone();
  }
  return (
    <li class={`dish-row ${hidden || soldOut ? "dish-row-off" : ""}`}>
      <div class="dish-row-name">
        <span class="dish-row-picture">
          <Picture name={pictureOf(dish)} size={40} />
        </span>
        <div>
          <h3>{name}</h3>
          <p>
            <span class="price">{amountText(unitPrice)}</span>
            {soldOut && <span class="flag flag-bad">Sold out tonight</span>}
            {hidden && <span class="flag flag-warn">Hidden</span>}
            {!hidden && !soldOut && available === 0 && <span class="flag flag-bad">None left</span>}
          </p>
        </div>
      </div>
      <dl class="stock">
        <div class={available <= few ? "stock-few" : ""}>
          <dt>Available</dt>
          <dd>{available}</dd>
        </div>
        <div>
          <dt>Reserved</dt>
          <dd>{reserved}</dd>
        </div>
        <div>
          <dt>Sold</dt>
          <dd>{sold}</dd>
        </div>
      </dl>
      <div class="dish-row-acts">
        {may("MoveStock") && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => setMoving(true)}
            aria-label={`Stock of ${name}`}
          >
            Stock
          </button>
        )}
        {may("SetSoldOut") && (
          <button
            type="button"
            class="button button-quiet"
            aria-pressed={soldOut}
            aria-disabled={busy}
            aria-label={`${name} sold out`}
            onClick={() => void turn()}
          >
            {soldOut ? "Back on" : "Sold out"}
          </button>
        )}
        {may("PutDish") && (
          <button type="button" class="button button-quiet" onClick={onEdit} aria-label={`Change ${name}`}>
            Change
          </button>
        )}
      </div>
      <Failure error={error} ofAct />
      {moving && <StockDialog dish={dish} onClose={() => setMoving(false)} onDone={onDone} />}
    </li>
  );
}
