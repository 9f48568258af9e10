import { useMemo, useState } from "preact/hooks";
import type { Dish } from "#common/genproto/stock/v1/staff_pb";
import { useTitle } from "../../../ui/useTitle.ts";
import { type Category, inCategories } from "../../menu/categories.ts";
import { Nothing } from "../Nothing.tsx";
import { Shown } from "../Shown.tsx";
import { useMe } from "../useDesk.ts";
import { useDishes } from "../useDishes.ts";
import { DishDialog } from "./DishDialog.tsx";
import { DishRow } from "./DishRow.tsx";
import { MoveCategory } from "./MoveCategory.tsx";
import { ShopBar } from "./ShopBar.tsx";

/** The dishes with what is there of them, and whether the shop is open. */
export function MenuPage() {
  useTitle("Menu");
  const { may } = useMe();
  const { asked, dishes, currency } = useDishes();
  const [editing, setEditing] = useState<Dish | "new">();
  const categories = useMemo(() => inCategories(dishes), [dishes]);
  return (
    <>
      <div class="page-head">
        <h1 tabIndex={-1}>Menu</h1>
        {may("PutDish") && asked.answer && (
          <button type="button" class="button" onClick={() => setEditing("new")}>
            New dish
          </button>
        )}
      </div>
      <Shown of={asked} label="The dishes are loading">
        {({ shop }) => (
          <>
            <ShopBar shop={shop} onDone={asked.again} />
            {categories.length === 0 && <Nothing text="There is no dish yet." />}
            {categories.map((category) => (
              <CategoryPart
                key={category.name}
                category={category}
                categories={categories}
                onEdit={setEditing}
                onDone={asked.again}
              />
            ))}
          </>
        )}
      </Shown>
      {editing !== undefined && (
        <DishDialog
          dish={editing === "new" ? undefined : editing}
          currency={currency}
          categories={categories.map(({ name }) => name)}
          lastPosition={Math.max(0, ...dishes.map(({ position }) => position))}
          onClose={() => setEditing(undefined)}
          onDone={asked.again}
        />
      )}
    </>
  );
}

type PartProps = { category: Category; categories: readonly Category[]; onEdit(dish: Dish): void; onDone(): void };

function CategoryPart({ category, categories, onEdit, onDone }: PartProps) {
  const id = `category-${categories.indexOf(category)}`;
  return (
    <section class="category" aria-labelledby={id}>
      <div class="category-head">
        <h2 id={id}>{category.name}</h2>
        <MoveCategory name={category.name} categories={categories} onDone={onDone} />
      </div>
      <ul class="dish-rows">
        {category.dishes.map((dish) => (
          <DishRow key={dish.productId} dish={dish} onEdit={() => onEdit(dish)} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}
