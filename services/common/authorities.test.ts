import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { readConfig, serviceEnv } from "#common/config";
import { authoritiesIn } from "./authorities.ts";

const [first = "", second = ""] = rootCertificates;

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "gorder-ca-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "ca.pem");
  writeFileSync(file, text);
  return file;
}

test("a bundle is all its certificates, whatever is written between them", () => {
  expect(authoritiesIn(fileWith(`# ours\n${first}\n# theirs\n${second}\n`))).toBe(`${first}\n${second}`);
});

test.each([
  ["that holds none", "not a certificate", "holds no certificate in PEM"],
  ["with a broken one", `${first}\n${second.replace(/MII/, "XXX")}`, "certificate 2 of the file"],
])("a file %s is refused, where Node would go on without it", (_, text, fault) => {
  const file = fileWith(text);
  expect(() => authoritiesIn(file)).toThrow(fault);
  expect(() => readConfig(serviceEnv.pick({ NODE_EXTRA_CA_CERTS: true }), { NODE_EXTRA_CA_CERTS: file })).toThrow(
    /NODE_EXTRA_CA_CERTS: .*ca\.pem/,
  );
});

test("a file that is not there is refused by its name", () => {
  expect(() => authoritiesIn("/nowhere.pem")).toThrow("the file /nowhere.pem cannot be read (ENOENT)");
});
