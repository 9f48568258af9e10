/** An OpenAPI document, as far as it is looked at. */
export type Described = Readonly<Record<string, unknown>>;

type Operation = { readonly where: string; readonly path: string; readonly own: Described };
type Rule = (document: Described, operations: readonly Operation[]) => readonly string[];

const node = (value: unknown): Described => (typeof value === "object" && value !== null ? (value as Described) : {});
const list = (value: unknown): Described[] => (Array.isArray(value) ? value.map(node) : []);
const repeated = (names: readonly string[]) => names.filter((name, at) => names.indexOf(name) !== at);
const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Every object in the document, and where it is. */
function everyNode(value: unknown, where = "#"): [where: string, Described][] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => everyNode(one, `${where}/${key.replaceAll("/", "~1")}`));
  return [[where, value as Described], ...inner];
}

function operationsOf(document: Described): Operation[] {
  return Object.entries(node(document.paths)).flatMap(([path, item]) =>
    Object.entries(node(item)).map(([method, own]) => ({ where: `${method} ${path}`, path, own: node(own) })),
  );
}

/** A rule that is broken by those operations for which it holds. */
function unless(holds: (operation: Operation) => boolean): Rule {
  return (_, operations) => operations.filter((one) => !holds(one)).map(({ where }) => where);
}

const answers = ({ own }: Operation, hundred: string) =>
  Object.keys(node(own.responses)).some((status) => status.startsWith(hundred));

const parameters = ({ own }: Operation, place?: string) =>
  list(own.parameters).filter((one) => place === undefined || one.in === place);

const placeholders = (path: string) => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);

const references = (document: Described) => everyNode(document).flatMap(([, { $ref }]) => text($ref) || []);

/** The part of a document that a reference leads to; `undefined` if it leads nowhere. */
function resolved(document: Described, reference: string): unknown {
  const parts = reference.replace(/^#\//, "").split("/");
  return parts.reduce<unknown>((part, key) => node(part)[key.replaceAll("~1", "/").replaceAll("~0", "~")], document);
}

const typeOf = (value: unknown) => (Number.isInteger(value) ? "integer" : typeof value);
const fits = (value: unknown, type: unknown) =>
  type === typeOf(value) || (type === "number" && typeof value === "number");

/** Redocly's recommended rules that OpenAPI's own schema does not hold already, by Redocly's names. */
export const rules: Readonly<Record<string, Rule>> = {
  "info-license": ({ info }) => (node(node(info).license).name ? [] : ["#/info"]),
  "no-empty-servers": ({ servers }) => (list(servers).length > 0 ? [] : ["#/servers"]),
  "no-server-example.com": ({ servers }) =>
    list(servers)
      .map(({ url }) => text(url))
      .filter((url) => /example\.(com|org)|localhost/.test(url)),
  "no-server-trailing-slash": ({ servers }) =>
    list(servers)
      .map(({ url }) => text(url))
      .filter((url) => /.\/$/.test(url)),
  "tag-description": ({ tags }) =>
    list(tags)
      .filter(({ description }) => !description)
      .map(({ name }) => text(name)),
  "operation-tag-defined": ({ tags }, operations) => {
    const known = list(tags).map(({ name }) => name);
    return operations
      .filter(({ own }) => !(own.tags as unknown[] | undefined)?.every((tag) => known.includes(tag)))
      .map(({ where }) => where);
  },
  "operation-summary": unless(({ own }) => text(own.summary) !== ""),
  "operation-operationId": unless(({ own }) => text(own.operationId) !== ""),
  "operation-operationId-unique": (_, operations) => repeated(operations.map(({ own }) => text(own.operationId))),
  "operation-operationId-url-safe": unless(({ own }) => /^[\w.~-]*$/.test(text(own.operationId))),
  "operation-2xx-response": unless((one) => answers(one, "2")),
  // Who asks for nothing and needs not say who he is cannot ask wrongly.
  "operation-4xx-response": unless(
    (one) => answers(one, "4") || (list(one.own.security).length === 0 && list(one.own.parameters).length === 0),
  ),
  "operation-parameters-unique": unless(
    (one) => repeated(parameters(one).map(({ in: place, name }) => `${place} ${name}`)).length === 0,
  ),
  "path-parameters-defined": unless((one) => {
    const [named, told] = [placeholders(one.path), parameters(one, "path").map(({ name }) => text(name))];
    return named.toSorted().join() === told.toSorted().join();
  }),
  "no-path-trailing-slash": unless(({ path }) => !/.\/$/.test(path)),
  "path-not-include-query": unless(({ path }) => !path.includes("?")),
  "no-identical-paths": ({ paths }) =>
    repeated(Object.keys(node(paths)).map((path) => path.replace(/\{[^}]*\}/g, "{}"))),
  "security-defined": ({ components, security }, operations) => {
    const known = Object.keys(node(node(components).securitySchemes));
    const isKnown = (alternative: Described) => Object.keys(alternative).every((name) => known.includes(name));
    return operations
      .filter(({ own }) => (own.security ?? security) === undefined || !list(own.security ?? security).every(isKnown))
      .map(({ where }) => where);
  },
  "no-unresolved-refs": (document) =>
    references(document).filter((reference) => resolved(document, reference) === undefined),
  "no-unused-components": (document) => {
    const used = new Set(references(document));
    const schemas = Object.keys(node(node(document.components).schemas)).map((name) => `#/components/schemas/${name}`);
    return schemas.filter((reference) => !used.has(reference));
  },
  "no-enum-type-mismatch": (document) =>
    everyNode(document).flatMap(([where, { enum: values, type }]) =>
      Array.isArray(values) && type && !values.every((value) => fits(value, type)) ? [where] : [],
    ),
};

/** What Redocly's recommended rules would say of a document, as "rule: where"; empty: nothing. */
export function apiFindings(document: Described): string[] {
  const operations = operationsOf(document);
  return Object.entries(rules).flatMap(([rule, judge]) =>
    judge(document, operations).map((where) => `${rule}: ${where}`),
  );
}
