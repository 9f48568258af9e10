import { expect, test } from "vitest";
import { oneLine } from "./oneLine.ts";

test("a description that is typed or pasted in lines has no control character left, which the menu refuses", () => {
  expect(oneLine("Leek and potato.\nWith bread\r\n\tand butter\u2028")).toBe("Leek and potato. With bread and butter ");
  expect(oneLine("Crème brûlée 🍮")).toBe("Crème brûlée 🍮");
});
