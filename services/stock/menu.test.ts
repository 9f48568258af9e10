import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readMenu } from "./menu.ts";

const demo = new URL("./menu.json", import.meta.url);

it("the demo menu has four categories, one product that runs out soon and one that is sold out", async () => {
  const products = await readMenu(demo);
  expect(new Set(products.map(({ category }) => category)).size).toBe(4);
  expect(new Set(products.map(({ id }) => id)).size).toBe(products.length);
  expect(products.map(({ available }) => available).filter((available) => available < 10)).toEqual([3, 0]);
});

it("a menu that is none says where it is wrong", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
  const [first] = await readMenu(demo);
  await writeFile(file, JSON.stringify([{ ...first, stock: -1 }]));
  await expect(readMenu(file)).rejects.toThrow("[0].stock");
});
