/** The id of a new dish, read off its name: "Crème brûlée" is "creme-brulee"; empty when there is nothing to read. */
export function dishId(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, "");
}
