import { useState } from "preact/hooks";
import { type Category, moveEarlier } from "../../menu/categories.ts";
import { ActDialog } from "../ActDialog.tsx";
import { useDesk, useMe } from "../useDesk.ts";

type Props = { name: string; categories: readonly Category[]; onDone(): void };

/** Lets a category come one place earlier on the menu: each of the dishes that move is an act of its own. */
export function MoveCategory({ name, categories, onDone }: Props) {
  const { staff, acts } = useDesk();
  const { may } = useMe();
  const [open, setOpen] = useState(false);
  const moves = moveEarlier(categories, name);
  const before = categories[categories.findIndex((each) => each.name === name) - 1]?.name;
  if (!may("PutDish") || before === undefined) return null;

  async function move(reason: string) {
    for (const { dish, position } of moves) {
      await acts.run(`place ${dish.productId} ${dish.version} ${position}`, (requestId) =>
        staff.putDish({ requestId, reason, dish: { ...dish, position }, expectedVersion: dish.version }),
      );
    }
    return moves.length;
  }
  return (
    <>
      <button
        type="button"
        class="link-button"
        aria-label={`Earlier: ${name} before ${before}`}
        onClick={() => setOpen(true)}
      >
        Earlier
      </button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`${name} before ${before}?`}
        text="Guests read the menu in this order from then on."
        confirm="Move it"
        reasons={["A better order"]}
        what={`move ${name} before ${before}`}
        said={`${name} comes before ${before}`}
        call={(_, reason) => move(reason)}
        onDone={onDone}
        onRefused={onDone}
      />
    </>
  );
}
