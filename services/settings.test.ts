import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settings } from "../dev/settings.ts";

const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
const read = Object.values(settings).flatMap(({ shape }) => Object.keys(shape));

describe(".env.example", () => {
  it("names every variable that a service reads, once", () => {
    expect([...named].sort()).toEqual([...new Set(read)].sort());
  });

  it("holds no secret", () => {
    const values = [...example.matchAll(/^\w*(?:SECRET|TOKEN)\w*=(.*)$/gm)].map(([, value]) => value);
    expect(values).toEqual(values.map(() => ""));
  });
});

describe("every setting that is an address", () => {
  const addresses = Object.entries(settings).flatMap(([service, { shape }]) =>
    Object.entries(shape)
      .filter(([name]) => /_(URL|ISSUER|ENDPOINT)$/.test(name))
      .map(([name, schema]) => ({ service, name, schema })),
  );
  const samples: Readonly<Record<string, string>> = {
    MONGODB_URL: "mongodb://a.example",
    MYSQL_URL: "mysql://a.example",
    RABBITMQ_URL: "amqp://a.example",
    STAFF_TRACE_URL: "https://a.example/{traceId}",
  };
  const at = (name: string) => samples[name] ?? "https://a.example";
  /** Compared with a token's "iss" letter by letter, and never called. */
  const called = addresses.filter(({ name }) => name !== "OIDC_ISSUER");
  /** Asked as they stand, so that their parameters are heeded. */
  const asked =
    /^(ZIPKIN_URL|WEBHOOK_URL|OTEL_EXPORTER_OTLP_TRACES_ENDPOINT|OIDC_JWKS_URL|\w+_OIDC_ISSUER|STAFF_TRACE_URL)$/;

  it("is known to this test by a sample that is taken", () => {
    expect(called.filter(({ name, schema }) => !schema.safeParse(at(name)).success)).toEqual([]);
    expect(called.length).toBeGreaterThan(20);
  });

  it.each(called)("$name of $service takes no parameters that nobody heeds", ({ name, schema }) => {
    expect(schema.safeParse(`${at(name)}/?unheard-of=1`).success).toBe(asked.test(name));
  });

  it.each(called.filter(({ name }) => name !== "STAFF_TRACE_URL"))(
    "$name of $service takes nothing that no request would carry",
    ({ name, schema }) => {
      expect(schema.safeParse(`${at(name)}/#ssl-mode=REQUIRED`).success).toBe(false);
    },
  );

  it.each(called)("$name of $service is refused in words where it is none, or of another kind", ({ schema }) => {
    for (const text of ["nowhere", "http:", "ftp://a.example/{traceId}", "javascript:alert('{traceId}')"])
      expect(schema.safeParse(text).error?.issues.length).toBeGreaterThan(0);
  });

  /** Exporters of spans show a password to who demands one; a server's driver shows its own. */
  const knocks = called.filter(({ name }) => !/ZIPKIN|OTEL|WEBHOOK/.test(name) && samples[name] === undefined);
  it.each(knocks)("$name of $service takes no password, which a failed call would log", ({ name, schema }) => {
    expect(schema.safeParse(at(name).replace("//", "//user:s3cret@")).success).toBe(false);
  });
});
