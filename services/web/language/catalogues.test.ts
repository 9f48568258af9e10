import { expect, test } from "vitest";
import { catalogues } from "./catalogues.ts";
import { english } from "./language.ts";

/** Each text of a catalogue by its path; one that takes something is called with samples. */
function textsOf(catalogue: object, path = ""): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] => {
    const here = `${path}${key}`;
    if (typeof value === "string") return [[here, value]];
    if (typeof value !== "function") return textsOf(value as object, `${here}.`);
    const say = value as (...given: (string | number)[]) => string;
    // A status is the one thing that is taken apart.
    if (value === english.unknownStatus) return [[here, say("x")]];
    return [7, 1].map((sample) => [`${here}(${sample})`, say(sample, sample, sample)]);
  });
}

const others = Object.entries(catalogues).filter(([, catalogue]) => catalogue !== english);

/** The same in several languages: names, units and words that were borrowed. */
const alike = ["locale", "dir", "shop.daySpan", "allergens.gluten", "unknownStatus"];

test.each(others)("%s has every text that English has, and none is empty", (_, catalogue) => {
  const [ours, theirs] = [english, catalogue].map((one) => textsOf(one));
  expect(theirs?.map(([path]) => path)).toEqual(ours?.map(([path]) => path));
  expect(theirs?.filter(([, text]) => text.trim() === "")).toEqual([]);
});

test.each(others)("%s leaves nothing in English", (_, catalogue) => {
  const ours = new Map(textsOf(english));
  const same = textsOf(catalogue).filter(
    ([path, text]) => ours.get(path) === text && !alike.some((known) => path.startsWith(known)),
  );
  expect(same).toEqual([]);
});

test.each(Object.entries(catalogues))(
  "%s is known to Intl, and forms are those of its numbers",
  (tag, { locale, cart }) => {
    expect(Intl.NumberFormat.supportedLocalesOf([locale])).toEqual([locale]);
    expect(locale.startsWith(tag)).toBe(true);
    expect(cart.items(1)).not.toBe(cart.items(2).replace("2", "1"));
  },
);
