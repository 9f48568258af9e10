import type { Books, Product, Reservation } from "./books.ts";

/** How the piles of products differ from what they began with, and from what reservations say, one line a fault. */
export function stockFaults({ products, reservations }: Pick<Books, "products" | "reservations">): string[] {
  const reserved = unitsOf(reservations, "reserved");
  const sold = unitsOf(reservations, "committed");
  const known = new Set(products.map(({ id }) => id));
  const unknown = [...new Set([...reserved.keys(), ...sold.keys()])].filter((id) => !known.has(id));
  return [
    ...products.flatMap((product) => [...sumFaults(product), ...pileFaults(product, reserved, sold)]),
    ...unknown.map((id) => `product ${id}: reservations hold units of it, and it does not exist`),
  ];
}

function sumFaults({ id, initial, moved, available, reserved, sold }: Product): string[] {
  const faults: string[] = [];
  for (const [pile, units] of Object.entries({ available, reserved, sold }))
    if (units < 0) faults.push(`product ${id}: ${units} units are ${pile}`);
  const sum = available + reserved + sold;
  const movements = moved === 0 ? "" : ` and staff added ${moved}`;
  if (sum !== initial + moved)
    faults.push(
      `product ${id}: ${available} available + ${reserved} reserved + ${sold} sold are ${sum} units, it began with ${initial}${movements}`,
    );
  return faults;
}

function pileFaults(
  product: Product,
  reserved: ReadonlyMap<string, number>,
  sold: ReadonlyMap<string, number>,
): string[] {
  const { id } = product;
  const faults: string[] = [];
  const byReservations = { reserved: reserved.get(id) ?? 0, sold: sold.get(id) ?? 0 };
  for (const pile of ["reserved", "sold"] as const)
    if (product[pile] !== byReservations[pile])
      faults.push(`product ${id}: ${product[pile]} units are ${pile}, but ${byReservations[pile]} by its reservations`);
  return faults;
}

function unitsOf(reservations: readonly Reservation[], status: Reservation["status"]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lines } of reservations.filter((one) => one.status === status))
    for (const { productId, quantity } of lines) units.set(productId, (units.get(productId) ?? 0) + quantity);
  return units;
}
