import { useState } from "preact/hooks";
import type { Dish } from "#common/genproto/stock/v1/staff_pb";
import { noFilter, type OrderFilter, statuses, wrongIn } from "../../orders/filter.ts";
import { Choice } from "../Choice.tsx";
import { Field } from "../Field.tsx";
import { statusWords } from "../StatusChip.tsx";

type Props = {
  filter: OrderFilter;
  dishes: readonly Dish[];
  /** What amounts are typed in. */
  currency: string;
  onSearch(filter: OrderFilter): void;
};

const statusOptions: [string, string][] = Object.keys(statuses).map((name) => [
  name,
  statusWords[name as keyof typeof statuses],
]);

/** What is looked for: the number that the guest reads out first, the rest when it is wanted. */
export function FilterForm({ filter, dishes, currency, onSearch }: Props) {
  const [typed, setTyped] = useState(filter);
  const [pressed, setPressed] = useState(false);
  const wrong = wrongIn(typed, currency);
  const set = (field: keyof OrderFilter) => (value: string) => setTyped((known) => ({ ...known, [field]: value }));
  const isFiltered = Object.values(filter).some((value) => value !== "");
  const isMore = [filter.product, filter.from, filter.until, filter.least, filter.most, filter.customer].some(Boolean);
  return (
    <search>
      <form
        class="filter"
        onSubmit={(event) => {
          event.preventDefault();
          setPressed(true);
          if (!wrong) onSearch(typed);
        }}
      >
        <div class="filter-first">
          <Field label="Number" value={typed.number} onChange={set("number")} maxLength={12} />
          <Field
            label="Guest’s name begins with"
            value={typed.name}
            onChange={set("name")}
            maxLength={60}
            {...(/^\s*\S{1,2}\s*$/.test(typed.name) && { hint: "So short, it has to be the whole name." })}
          />
          <Choice
            label="Status"
            value={typed.status}
            options={[["", "Any"], ...statusOptions]}
            onChange={set("status")}
          />
          <button type="submit" class="button">
            Search
          </button>
          {isFiltered && (
            <button type="button" class="link-button" onClick={() => onSearch(noFilter)}>
              Show all
            </button>
          )}
        </div>
        {pressed && wrong && (
          <p class="field-wrong" role="alert">
            {wrong}
          </p>
        )}
        <details open={isMore}>
          <summary>By time, dish, amount or guest</summary>
          <div class="filter-more">
            <Field label="From" type="datetime-local" value={typed.from} onChange={set("from")} />
            <Field label="Until" type="datetime-local" value={typed.until} onChange={set("until")} />
            <Choice
              label="Dish"
              value={typed.product}
              options={[["", "Any"], ...dishes.map(({ productId, name }): [string, string] => [productId, name])]}
              onChange={set("product")}
            />
            <Field label="At least" inputMode="decimal" value={typed.least} onChange={set("least")} />
            <Field label="At most" inputMode="decimal" value={typed.most} onChange={set("most")} />
            <Field label="Guest’s id" value={typed.customer} onChange={set("customer")} />
          </div>
        </details>
      </form>
    </search>
  );
}
