type Schema = { readonly [key: string]: unknown };
type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI document, as far as it is compared. */
export type ApiDocument = { readonly paths?: unknown; readonly components?: unknown };

/** What a change does to a schema that clients send is the mirror of what it does to one that they get. */
type Side = "sent" | "got";

const node = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});
const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What in the newer description breaks clients who were written by the older one, a line each; empty: nothing does. */
export function breakingApiChanges(before: ApiDocument, after: ApiDocument): string[] {
  return Object.entries(node(before.paths)).flatMap(([path, item]) =>
    Object.entries(node(item)).flatMap(([method, was]) => {
      const where = `${method} ${path}`;
      const is = node(node(after.paths)[path])[method];
      if (is === undefined) return [`${where} is gone`];
      return operationBreaks(where, node(was), node(is), { before, after });
    }),
  );
}

type Documents = { readonly before: ApiDocument; readonly after: ApiDocument };

function operationBreaks(where: string, was: Node, is: Node, documents: Documents): string[] {
  const known = new Map(parametersOf(was).map((one) => [one.key, one]));
  const parameters = parametersOf(is).flatMap(({ key, required }) =>
    required && known.get(key)?.required !== true ? [`${where} demands ${key}, which it did not`] : [],
  );
  const answers = Object.entries(node(was.responses)).flatMap(([status, response]) => {
    if (!status.startsWith("2")) return [];
    const now = node(is.responses)[status];
    if (now === undefined) return [`${where} answers ${status} no more`];
    return contentBreaks(`${where}, answer ${status}`, node(response), node(now), "got", documents);
  });
  const body = contentBreaks(`${where}, body`, node(was.requestBody), node(is.requestBody), "sent", documents);
  return [...parameters, ...answers, ...body];
}

function parametersOf(operation: Node): { key: string; required: boolean }[] {
  const list = Array.isArray(operation.parameters) ? operation.parameters.map(node) : [];
  return list.map((one) => ({ key: `${one.in} ${one.name}`, required: one.required === true }));
}

function contentBreaks(where: string, was: Node, is: Node, side: Side, documents: Documents): string[] {
  return Object.entries(node(was.content)).flatMap(([type, media]) => {
    const now = node(is.content)[type];
    if (now === undefined) return [`${where} is ${type} no more`];
    return schemaBreaks(where, node(node(media).schema), node(node(now).schema), side, documents);
  });
}

function schemaBreaks(where: string, wasOrRef: Schema, isOrRef: Schema, side: Side, documents: Documents): string[] {
  const [was, is] = [resolved(wasOrRef, documents.before), resolved(isOrRef, documents.after)];
  if (JSON.stringify(was.type) !== JSON.stringify(is.type)) return [`${where} was ${was.type}, and is ${is.type}`];
  const [had, has] = [words(was.required), words(is.required)];
  const demanded =
    side === "sent" ? has.filter((name) => !had.includes(name)).map((name) => `${where} demands ${name}`) : [];
  const optional =
    side === "got" ? had.filter((name) => !has.includes(name)).map((name) => `${where} may lack ${name}`) : [];
  const gone = words(was.enum).filter((value) => is.enum !== undefined && !words(is.enum).includes(value));
  const refused = side === "sent" ? gone.map((value) => `${where} takes ${value} no more`) : [];
  const [properties, now] = [node(was.properties), node(is.properties)];
  const inner = Object.entries(properties).flatMap(([name, schema]) => {
    if (now[name] === undefined)
      return optional.length > 0 && had.includes(name) ? [] : [`${where} has no ${name} any more`];
    return schemaBreaks(`${where}.${name}`, node(schema), node(now[name]), side, documents);
  });
  const items = was.items ? schemaBreaks(`${where}[]`, node(was.items), node(is.items), side, documents) : [];
  return [...demanded, ...optional, ...refused, ...bounds(where, was, is, side), ...inner, ...items];
}

/** Narrower bounds on what clients send. */
function bounds(where: string, was: Schema, is: Schema, side: Side): string[] {
  if (side === "got") return [];
  const narrower = (key: string, worse: (was: number, is: number) => boolean) =>
    typeof is[key] === "number" && (typeof was[key] !== "number" || worse(was[key] as number, is[key]));
  const less = ["maximum", "maxItems", "maxLength"].filter((key) => narrower(key, (old, now) => now < old));
  const more = ["minimum", "minItems", "minLength"].filter((key) => narrower(key, (old, now) => now > old));
  return [...less, ...more].map((key) => `${where}: ${key} is ${is[key]}, and was ${was[key] ?? "not there"}`);
}

function resolved(schema: Schema, document: ApiDocument): Schema {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  return name === undefined ? schema : node(node(node(document.components).schemas)[name]);
}
