import type { Dish } from "#common/genproto/stock/v1/staff_pb";

export type Category = { name: string; dishes: readonly Dish[] };

/** Dishes by category, as the menu shows them: a category stands where its first dish does. */
export function inCategories(dishes: readonly Dish[]): Category[] {
  const found = new Map<string, Dish[]>();
  for (const dish of [...dishes].sort((a, b) => a.position - b.position)) {
    const known = found.get(dish.category);
    if (known) known.push(dish);
    else found.set(dish.category, [dish]);
  }
  return [...found].map(([name, members]) => ({ name, dishes: members }));
}

/** The dishes that have to move, and where to, so that a category comes one place earlier; none for the first. */
export function moveEarlier(categories: readonly Category[], name: string): { dish: Dish; position: number }[] {
  const index = categories.findIndex((category) => category.name === name);
  const [moved, before] = [categories[index], categories[index - 1]];
  if (!moved || !before) return [];
  const order = [...categories.slice(0, index - 1), moved, before, ...categories.slice(index + 1)];
  return order
    .flatMap(({ dishes }) => dishes)
    .map((dish, place) => ({ dish, position: (place + 1) * 10 }))
    .filter(({ dish, position }) => dish.position !== position);
}
