import { openApi } from "../ports/http/openapi.ts";

const operations = Object.entries(openApi.paths ?? {}).flatMap(([template, item]) =>
  (["get", "post"] as const).flatMap((method) => {
    const responses = item[method]?.responses;
    const path = new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    return responses ? [{ method, path, template, responses }] : [];
  }),
);

/** @throws when the API's description does not say that this operation may answer so. Other paths may answer as they like. */
export function demandDocumented(method: string, path: string, status: number, contentType: string | null): void {
  const bare = path.split("?")[0] ?? "";
  const operation = operations.find((one) => one.method === method.toLowerCase() && one.path.test(bare));
  if (!operation) return;
  const response = operation.responses[String(status) as "200"];
  const where = `${method} ${operation.template} answers ${status}`;
  if (!response || !("description" in response)) throw new Error(`${where}, which /openapi.json does not know`);
  const types = Object.keys(response.content ?? {});
  const type = contentType?.split(";")[0];
  if (type ? !types.includes(type) : types.length > 0) {
    throw new Error(`${where} with ${type}, /openapi.json says ${types.join(", ") || "nothing"}`);
  }
}
