import { expect, test } from "vitest";
import { silentLogger } from "#common/logging";
import { memoryStock } from "../../services/stock/adapters/memory/stock.ts";
import { importMenu } from "../../services/stock/menu.ts";
import { menuNotice } from "./menuFile.ts";

const menu = new URL("../../services/stock/menu.json", import.meta.url);

test("dishes of a named menu that were there already are told, from what stock itself logs", async () => {
  const lines: string[] = [];
  const logger = {
    ...silentLogger,
    info: (message: string, fields: object = {}) => void lines.push(JSON.stringify({ ...fields, message })),
  };
  const stock = memoryStock();
  await importMenu(stock, menu, logger);
  expect(menuNotice(lines.join("\n"))).toBeUndefined();
  await importMenu(stock, menu, logger);
  expect(menuNotice(lines.join("\n"))).toMatch(/^MENU_FILE: new are 0 dishes; there already.*: pumpkin-soup, /);
});

test("a stock that says nothing of its menu is asked for nothing", () => {
  expect(menuNotice("")).toBeUndefined();
});
