import { afterEach, expect, test, vi } from "vitest";
import { demandUrl, readWords, WrongWord } from "./words.ts";

const help = "npm run load -- smoke|soak [--url URL]\n\n  --url URL  where Gorder is";
const ended = new Error("ended");

/** The end of the process throws, as nothing may come after it. */
function watched() {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw ended;
  });
  const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  return { exit, out, err: vi.spyOn(process.stderr, "write").mockReturnValue(true) };
}

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const options = { url: { type: "string" } } as const;

test("what a command takes is read", () => {
  const { values, positionals } = readWords(help, { options, allowPositionals: true }, ["smoke", "--url", "http://a"]);
  expect([values.url, positionals]).toEqual(["http://a", ["smoke"]]);
});

test.each([
  [["--bogus"], `Unknown option '--bogus': "npm run load -- --help" says what there is`],
  [["smokee"], `Unexpected argument 'smokee': "npm run load -- --help" says what there is`],
  [["--url", "-3"], `Option '--url' argument is ambiguous: "npm run load -- --help" says what there is`],
  [["--url"], `Option '--url <value>' argument missing: "npm run load -- --help" says what there is`],
])("a wrong word ends the command with one sentence that leads to the help: %j", (args, sentence) => {
  const { exit, err } = watched();
  expect(() => readWords(help, { options }, args)).toThrow(ended);
  expect([exit.mock.calls.length, process.exitCode, err.mock.calls]).toEqual([1, 2, [[`${sentence}\n`]]]);
});

test("--help shows the help and ends well", () => {
  const { exit, out } = watched();
  expect(() => readWords(help, { options }, ["-h"])).toThrow(ended);
  expect([exit.mock.calls, out.mock.calls]).toEqual([[[0]], [[`${help}\n`]]]);
});

test.each(["localhost:8080", "nope", "ftp://a", "", "http://a/shop", "http://a/?b"])("%j is no address", (address) => {
  expect(() => demandUrl(address)).toThrow(WrongWord);
});

test("an address is taken with and without its last stroke", () => {
  expect(["http://a:1/", "http://a:1"].map(demandUrl)).toEqual(["http://a:1", "http://a:1"]);
});
