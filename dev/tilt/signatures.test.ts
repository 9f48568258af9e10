import { expect, test } from "vitest";
import { fits, parseSignature, parseType, signatures } from "./signatures.ts";

test.each<[string, unknown[], unknown[]]>([
  ["str", ["a", ""], [1, null, ["a"]]],
  ["int", [0, 3], [1.5, "3", true]],
  ["Union[str, List[str]]", ["a", ["a", "b"], []], [1, [1], { a: "b" }]],
  ["Dict[str, str]", [{ a: "b" }, {}], [{ a: 1 }, "a"]],
  ["List[LiveUpdateStep]", [[{ is: "LiveUpdateStep", by: "sync" }]], [[{ is: "PortForward" }], ["sync"], [{}]]],
  ["Any", [1, "a"], []],
])("what is of type %s is told from what is not", (type, good, bad) => {
  for (const value of good) expect([value, fits(value, parseType(type))]).toEqual([value, true]);
  for (const value of bad) expect([value, fits(value, parseType(type))]).toEqual([value, false]);
});

test("a signature is read as the documentation writes it", () => {
  const { parameters, ...rest } = parseSignature(
    "ext://uibutton f(name: str, port: Union[str, List[int]] = [], icon: str = None) -> ButtonInput",
  );
  expect(rest).toEqual({ name: "f", from: "ext://uibutton", returns: "ButtonInput" });
  expect(parameters.map(({ name, required }) => [name, required])).toEqual([
    ["name", true],
    ["port", false],
    ["icon", false],
  ]);
});

test("every signature has parameters with names and known types", () => {
  const known = /^(str|int|bool|Any|None|List|Dict|Union|PortForward|Link|LiveUpdateStep|Probe|ButtonInput)$/;
  for (const { parameters } of signatures) {
    for (const { name, type } of parameters) expect([name !== "", known.test(type.name)]).toEqual([true, true]);
  }
});
