import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { callFindings, tiltFindings, tiltfile } from "./check.ts";
import { evaluate } from "./evaluate.ts";

const root = dirname(tiltfile);

test("the Tiltfile is right, and so is what it would apply", { timeout: 300_000 }, async () => {
  expect(await tiltFindings(await evaluate(tiltfile))).toEqual([]);
});

test("any cluster but a kind one is refused", { timeout: 60_000 }, async () => {
  await expect(evaluate(tiltfile, { context: "production" })).rejects.toThrow(
    /kind clusters alone, not on "production"/,
  );
});

/** A checkout like this one with one text replaced in one of Tilt's files. */
async function planted(file: string, text: string, by: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gorder-tilt-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of await readdir(root)) {
    if (name === "Tiltfile" || name === "tilt") await cp(join(root, name), join(folder, name), { recursive: true });
    else await symlink(join(root, name), join(folder, name));
  }
  const whole = await readFile(join(folder, file), "utf8");
  expect(whole).toContain(text);
  await writeFile(join(folder, file), whole.replace(text, by));
  return join(folder, "Tiltfile");
}

const images = "tilt/images.Tiltfile";
const actions = "tilt/actions.Tiltfile";

test.each<[finding: string, file: string, text: string, by: string]>([
  ['unexpected keyword argument "stage"', images, "target=", "stage="],
  ["missing argument for context", images, "'gorder/' + service, '.', ", "'gorder/' + service, "],
  ["undefined: docker_biuld", images, "docker_build(", "docker_biuld("],
])("a call that Tilt would refuse at once is refused: %s", { timeout: 60_000 }, async (finding, ...change) => {
  await expect(evaluate(await planted(...change))).rejects.toThrow(finding);
});

test.each<[finding: string, file: string, text: string, by: string]>([
  ["k8s_resource: labels is no Union", "Tiltfile", "labels=['services']", "labels=3"],
  ["docker_build: live_update is no List", images, "live_update=steps", "live_update=['services']"],
  ["sync: there is no servces", images, "sync('services'", "sync('servces'"],
  ["sync: app/services is not absolute", images, "'/app/services'", "'app/services'"],
  [
    "live_update has its steps in the order sync, fall_back_on",
    images,
    "        fall_back_on(['package.json', 'package-lock.json']),\n",
    "        sync('ops', '/app/ops'),\n        fall_back_on(['package.json']),\n",
  ],
  ["restart_container is no step", images, "live_update=steps", "live_update=steps + [restart_container()]"],
  ["the Dockerfile has no stage debug", images, "'development'", "'debug'"],
  ["the Dockerfile has no ARG SERVCE", images, "'SERVICE'", "'SERVCE'"],
  ["there is no resource dapr-object", "Tiltfile", "['dapr-objects']", "['dapr-object']"],
  ["there is no resource rabbit", actions, "resource='rabbitmq'", "resource='rabbit'"],
  ["there is no resource pages", "Tiltfile", "k8s_resource('page'", "k8s_resource('pages'"],
  ["dapr waits for itself", "tilt/dapr.Tiltfile", "['dapr-charts']", "['dapr-charts', 'dapr-objects']"],
  ["objects: pubsub:Component is not one object", "Tiltfile", "object['kind'].lower()", "object['kind']"],
  ["the image gorder/page is run and not built", "Tiltfile", "in OURS:\n    build", "in SERVICES:\n    build"],
  ["the image gorder/pages is built and not run", "Tiltfile", "build_image(name)", "build_image(name + 's')"],
  ["port 8080 is forwarded twice", "Tiltfile", "8090, 8080", "8080, 8080"],
  ['there is no "npm run demos"', actions, "'run', 'demo'", "'run', 'demos'"],
  ['"a label" is no label', actions, "['checks']", "['a label']"],
  ["the button load is there twice", actions, "'demo-order'", "'load'"],
])("what Tilt would stumble over is found: %s", { timeout: 60_000 }, async (finding, ...change) => {
  const findings = callFindings(await evaluate(await planted(...change)));
  expect(findings.join("\n")).toContain(finding);
});
