import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A type as the documentation writes it: `List[Union[str, int]]` is List of Union of str and int. */
export type Type = { readonly name: string; readonly of: readonly Type[] };
export type Parameter = { readonly name: string; readonly type: Type; readonly required: boolean };
export type Signature = {
  readonly name: string;
  /** The extension it is loaded from; empty for what is built in. */
  readonly from: string;
  readonly returns: string;
  readonly parameters: readonly Parameter[];
};

/** Splits at commas that are not inside brackets. */
function split(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    depth += Number("[{".includes(char)) - Number("]}".includes(char));
    if (char === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop()}${char}`);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

export function parseType(text: string): Type {
  const [, name = text, inner] = /^(\w+)(?:\[(.*)\])?$/s.exec(text.trim()) ?? [];
  return { name, of: inner === undefined ? [] : split(inner).map(parseType) };
}

export function parseSignature(line: string): Signature {
  const match = /^(?:(ext:\/\/\w+) )?(\w+)\((.*)\) -> (.+)$/.exec(line);
  if (match === null) throw new Error(`not a signature: ${line}`);
  const [, from = "", name = "", parameters = "", returns = ""] = match;
  return {
    name,
    from,
    returns,
    parameters: split(parameters).map((each) => {
      const [, parameter = "", type = "", preset] = /^(\w+): ([^=]+?)(?: = (.+))?$/.exec(each) ?? [];
      return { name: parameter, type: parseType(type), required: preset === undefined };
    }),
  };
}

/** Tilt's functions as its documentation has them. */
export const signatures: readonly Signature[] = readFileSync(join(import.meta.dirname, "api.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map(parseSignature);

/** Whether a value is of a type. Tilt's own types are known by what made them. */
export function fits(value: unknown, { name, of }: Type): boolean {
  const [first, second] = of;
  if (name === "Any") return true;
  if (name === "Union") return of.some((type) => fits(value, type));
  if (name === "str") return typeof value === "string";
  if (name === "bool") return typeof value === "boolean";
  if (name === "int") return Number.isInteger(value);
  if (name === "List") return Array.isArray(value) && value.every((each) => !first || fits(each, first));
  if (typeof value !== "object" || value === null) return false;
  if (name === "Dict") return Object.values(value).every((each) => !second || fits(each, second));
  return (value as { is?: string }).is === name;
}
