import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ConfigError } from "#common/config";
import { type LogFields, silentLogger } from "#common/logging";
import { memoryStock } from "./adapters/memory/stock.ts";
import { importMenu, readMenu } from "./menu.ts";

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

it("a menu may begin with a mark of its bytes' order, and no words of it are unseen or turn others", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
  const [first = {}] = JSON.parse(await readFile(demo, "utf8")) as object[];
  const dish = (more: object) => writeFile(file, `\ufeff${JSON.stringify([{ ...first, ...more }])}`);
  await dish({ name: "Hot\u202e soup", description: "one\ntwo\u0000" });
  expect(await readMenu(file)).toMatchObject([{ name: "Hot  soup", description: "one two " }]);
  for (const field of ["name", "category"]) {
    await dish({ [field]: "\u200b" });
    await expect(readMenu(file)).rejects.toThrow(`[0].${field}`);
  }
});

it("of every dish of the demo menu it is said what it contains", async () => {
  const products = await readMenu(demo);
  expect(products.filter(({ allergens }) => allergens === undefined)).toEqual([]);
  expect(products.find(({ id }) => id === "ramen")?.allergens).toEqual(["gluten", "eggs", "soy", "sesame"]);
});

it("every dish of the demo menu is there in German too, with all of its words", async () => {
  const products = await readMenu(demo);
  const untold = products.filter(({ translations }) => Object.keys(translations?.de ?? {}).length < 3);
  expect(untold).toEqual([]);
  expect(products.find(({ id }) => id === "pumpkin-soup")?.translations?.de?.name).toBe("Geröstete Kürbissuppe");
});

it.each([
  [{ allergens: ["cats"] }, "allergens"],
  [{ image: "http://pictures.example/" }, "image"],
  [{ translations: { German: { name: "Suppe" } } }, "translations"],
  [{ translations: { de: { nmae: "Suppe" } } }, "translations"],
])("a menu with %j says where it is wrong", async (fields, field) => {
  const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
  const [first] = JSON.parse(await readFile(demo, "utf8"));
  await writeFile(file, JSON.stringify([{ ...first, ...fields }]));
  await expect(readMenu(file)).rejects.toThrow(`[0].${field}`);
});

it.each([
  ["not there", undefined, /the menu .*menu.json cannot be read \(ENOENT\): MENU_FILE names it/],
  ["not JSON", "[,", /menu.json is not a menu, nor even JSON: Unexpected token/],
  ["not even text", "\0\u{fffd}", /menu.json is not a menu, nor even JSON: [ -~]+$/],
])("a menu file that is %s is refused as a setting, in one sentence", async (_, text, sentence) => {
  const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
  if (text !== undefined) await writeFile(file, text);
  const refused = readMenu(file);
  await expect(refused).rejects.toThrow(ConfigError);
  await expect(refused).rejects.toThrow(sentence);
});

it.each([
  [{ amount: 0, currency: "eur" }, "pizza: A price is at least €0.50"],
  [{ amount: 30, currency: "eur" }, "pizza: A price is at least €0.50"],
  [{ amount: 500, currency: "jpy" }, "pizza: The menu's prices are in EUR, not in JPY"],
])("a menu with a dish that nobody could pay is refused, and the dish is named: %j", async (unitPrice, words) => {
  const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
  const [first] = JSON.parse(await readFile(demo, "utf8"));
  await writeFile(file, JSON.stringify([first, { ...first, id: "pizza", unitPrice }]));
  await expect(readMenu(file)).rejects.toThrow(words);
});

it.each([
  [{ amount: 1_501, currency: "kwd" }, "A price is a multiple of KWD\u00a00.010"],
  [{ amount: 150_050, currency: "isk" }, "A price is a multiple of ISK\u00a01"],
  [{ amount: 17_499, currency: "huf" }, "A price is at least HUF\u00a0175"],
])(
  "a menu with a price finer than banks count, or below its own currency's limit, is refused: %j",
  async (unitPrice, words) => {
    const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
    const [first] = JSON.parse(await readFile(demo, "utf8"));
    await writeFile(file, JSON.stringify([{ ...first, unitPrice }]));
    await expect(readMenu(file)).rejects.toThrow(words);
  },
);

it("a menu with two dishes of one id is refused, as one of them would be lost without a word", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "menu-")), "menu.json");
  const [first] = JSON.parse(await readFile(demo, "utf8"));
  await writeFile(file, JSON.stringify([first, { ...first, name: "Another soup" }]));
  await expect(readMenu(file)).rejects.toThrow("has two dishes with the id pumpkin-soup");
});

it("of a menu that is read again only what is new comes in, and the rest is named", async () => {
  const lines: (LogFields | undefined)[] = [];
  const logger = { ...silentLogger, info: (_: string, fields?: LogFields) => void lines.push(fields) };
  const [first, second, ...others] = await readMenu(demo);
  const stock = memoryStock([first, second].flatMap((product) => (product ? [{ ...product, name: "ours" }] : [])));
  await importMenu(stock, demo, logger);
  await importMenu(memoryStock(), demo, logger);
  expect(lines).toEqual([
    { added: others.length, ignored: `${first?.id},${second?.id}` },
    { added: others.length + 2 },
  ]);
  expect((await stock.products()).map(({ name }) => name).filter((name) => name === "ours")).toHaveLength(2);
});
