import type { z } from "zod";
import { AppError } from "#common/errors";

/**
 * What a request says, checked against its schema.
 * @param called how a field of this part is called in a problem, e.g. a header's own spelling.
 * @throws AppError "invalid" that names each wrong field as its sender wrote it, e.g. `items[0].quantity`.
 */
export function parse<T extends z.ZodType>(schema: T, input: unknown, called = (field: string) => field): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ field: called(fieldName(path)), message: issue.message }));
  });
  throw new AppError("invalid", "Some fields are missing or wrong", { fields });
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return name.replace(/^\./, "") || "body";
}
