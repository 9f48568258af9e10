import { expect, test } from "vitest";
import { memoryStorage } from "../testing.ts";
import { keepNotes, noWishes, readWishes, withNote, withNotesOf, writeWishes } from "./wishes.ts";

const soup = new Map([["soup", 1]]);

test("a note is one line of at most 140 letters, and an empty one is none", () => {
  const noted = withNote(noWishes, "soup", `no\nnuts\u202e ${"x".repeat(200)}`);
  expect(noted.notes.soup).toMatch(/^no nuts {2}x+$/);
  expect(noted.notes.soup).toHaveLength(140);
  expect(withNote(noted, "soup", "")).toEqual(noWishes);
});

test("notes go with the dish that they are on", () => {
  const noted = withNote(withNote(noWishes, "soup", "hot"), "cake", "big");
  expect(keepNotes(noted, soup).notes).toEqual({ soup: "hot" });
  expect(keepNotes(noted, new Map([...soup, ["cake", 1]]))).toBe(noted);
});

test("what is ordered again comes with its notes, and what was typed since stays", () => {
  const item = { name: "", quantity: 1, unitPrice: { amount: 1, currency: "eur" } };
  const items = [
    { ...item, productId: "soup", note: "cold" },
    { ...item, productId: "cake", note: "big" },
    { ...item, productId: "tea" },
  ];
  expect(withNotesOf(withNote(noWishes, "soup", "hot"), items).notes).toEqual({ soup: "hot", cake: "big" });
});

test("wishes outlive a visit, and what is not sound of them does not", () => {
  const storage = memoryStorage();
  const wishes = { notes: { soup: "hot" }, guestName: "Zoë" };
  writeWishes(storage, wishes);
  expect(readWishes(storage)).toEqual(wishes);
  for (const kept of ["{", "null", '{"notes":null}'])
    expect(readWishes(memoryStorage({ "gorder.wishes": kept }))).toEqual(noWishes);
  const odd = { notes: { soup: 1, cake: "big" }, guestName: ["x"] };
  expect(readWishes(memoryStorage({ "gorder.wishes": JSON.stringify(odd) }))).toEqual({
    notes: { cake: "big" },
    guestName: "",
  });
});
