import { expect, test } from "vitest";
import { ConfigError, publicServiceEnv, readConfig, secretList, serviceEnv } from "./config.ts";

const good = {
  APP_PORT: "8083",
  DAPR_HTTP_PORT: "3500",
  DAPR_GRPC_PORT: "50001",
  DAPR_API_TOKEN: "0123456789abcdef",
  APP_API_TOKEN: "fedcba9876543210",
};

const failure = (env: NodeJS.ProcessEnv): Error => {
  try {
    readConfig(serviceEnv, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as Error;
  }
  throw new Error("the settings were taken");
};

test("numbers are numbers, and what is left out has its default", () => {
  expect(readConfig(serviceEnv, { ...good, TRACE_SAMPLE_RATIO: "0.01" })).toMatchObject({
    APP_PORT: 8083,
    APP_HOST: "127.0.0.1",
    HOST: "127.0.0.1",
    NODE_ENV: "development",
    TRACE_SAMPLE_RATIO: 0.01,
  });
});

test("an empty variable counts as unset", () => {
  expect(readConfig(serviceEnv, { ...good, CONSUL_URL: "", LOG_LEVEL: "" })).toMatchObject({ LOG_LEVEL: "info" });
  expect(failure({ ...good, APP_PORT: "" }).message).toContain("APP_PORT");
});

test("every missing and every wrong variable is named at once, and no others", () => {
  const { message } = failure({
    ...good,
    APP_API_TOKEN: undefined,
    APP_PORT: "70000",
    ZIPKIN_URL: "nowhere",
    HOST: "h",
  });
  for (const name of ["APP_API_TOKEN", "APP_PORT", "ZIPKIN_URL"])
    expect(message).toMatch(new RegExp(`^  ${name}: `, "m"));
  expect(message).not.toMatch(/DAPR_API_TOKEN|HOST: /);
});

test.each(Object.keys(good))("%s has no default", (name) => {
  expect(failure({ ...good, [name]: undefined }).message).toMatch(new RegExp(`^  ${name}: `, "m"));
});

test("no value is shown, whatever is wrong with it, but the name of a file", () => {
  const values = Object.keys(serviceEnv.shape).map((name) => [name, "s3cret"]);
  const env = { ...Object.fromEntries(values), NODE_EXTRA_CA_CERTS: "nowhere.pem" };
  expect(failure(env).message).not.toContain("s3cret");
});

test("a port is a whole number up to 65535, or 0 for any free one", () => {
  expect(readConfig(serviceEnv, { ...good, APP_PORT: "0" }).APP_PORT).toBe(0);
  for (const APP_PORT of ["-1", "65536", "80.5", "http"])
    expect(failure({ ...good, APP_PORT }).message).toContain("APP_PORT");
});

test.each(["?token=s3cret", "#s3cret"])(
  "parameters of an address that would be lost (%s) are refused, and not shown",
  (end) => {
    const message = failure({ ...good, CONSUL_URL: `http://127.0.0.1:8500/${end}` }).message;
    expect(message).toContain("CONSUL_URL");
    expect(message).not.toContain("s3cret");
  },
);

test("only who serves the public needs a port for it", () => {
  expect(readConfig(publicServiceEnv, { ...good, PORT: "8080" }).PORT).toBe(8080);
  expect(() => readConfig(publicServiceEnv, good)).toThrow(/^ {2}PORT: /m);
});

test.each(["::", "0.0.0.0", "fd00::7", "fe80::1%eth0", "localhost"])("one may listen on %s", (HOST) => {
  expect(readConfig(serviceEnv, { ...good, HOST }).HOST).toBe(HOST);
});

test.each(["[::]", "http://127.0.0.1", "127.0.0.1/8", " "])("%j is no address to listen on", (HOST) => {
  expect(failure({ ...good, HOST }).message).toMatch(/^ {2}HOST: .*without brackets/m);
});

test("secrets that replace one another are different ones", () => {
  const [one, two] = ["a".repeat(16), "b".repeat(16)];
  expect(secretList(16).parse(`${one}, ${two}`)).toEqual([one, two]);
  for (const list of [`${one},${one}`, `${one}, ${two} ,${one}`, `${one},`, ",", "short"])
    expect(secretList(16).safeParse(list).success).toBe(false);
});
