import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { expect, test } from "vitest";

const web = join(import.meta.dirname, "..");

/** Attributes that people read or hear. */
const spoken = new Set(["aria-label", "title", "label", "placeholder", "alt", "text"]);

type Node = { type: string; [field: string]: unknown };

/** What a component says in words of its own: text between tags, in attributes that are spoken, titles, announcements. */
function literalsIn(source: string, file = "x.tsx"): string[] {
  return said(parseSync(file, source).program, false).filter((text) => /\p{L}{2}/u.test(text));
}

function said(value: unknown, isSaid: boolean): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => said(one, isSaid));
  if (typeof value !== "object" || value === null) return [];
  const node = value as Node;
  const inside = (is: boolean, ...left: string[]) =>
    Object.entries(node).flatMap(([field, inner]) => (left.includes(field) ? [] : said(inner, is)));
  switch (node.type) {
    case "JSXText":
      return [String(node.value).trim()];
    case "Literal":
      return isSaid ? [String(node.value)] : [];
    case "TemplateElement":
      return isSaid ? [(node.value as { raw: string }).raw.trim()] : [];
    case "JSXAttribute":
      return said(node.value, spoken.has((node.name as { name: string }).name));
    case "JSXElement":
    case "JSXFragment":
      return [...inside(false, "children"), ...said(node.children, true)];
    case "BinaryExpression":
      return inside(false);
    case "ConditionalExpression":
      return inside(isSaid, "test");
    case "CallExpression":
      return inside(/"name":"(useTitle|set)"/.test(JSON.stringify(node.callee)), "callee");
    default:
      return inside(isSaid);
  }
}

test("the scan finds text between tags, in attributes that are spoken, in titles and in announcements", () => {
  const source = `
    export function A({ on }) {
      useTitle("Menu");
      announcement.set(on ? \`\${on} left\` : "None");
      return <p class="plain" aria-label={on ? "Open it" : words.x} title="Hello">Text here {words.y} × {on === "off" && "Yes"}</p>;
    }`;
  expect(literalsIn(source)).toEqual(["Menu", "left", "None", "Open it", "Hello", "Text here", "Yes"]);
});

test("no component of the guest's page has words of its own", () => {
  const folder = join(web, "ui");
  const files = readdirSync(folder).filter((name) => /\.tsx?$/.test(name));
  expect(files.length).toBeGreaterThan(30);
  const own = files.flatMap((name) =>
    literalsIn(readFileSync(join(folder, name), "utf8"), name).map((text) => `${name}: ${text}`),
  );
  expect(own).toEqual([]);
});
