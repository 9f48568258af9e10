import { endOf, run } from "../../ops/command/run.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { ensureCached, findCached } from "./cache.ts";
import { debianPrograms, installDebian } from "./debian.ts";
import { which } from "./onPath.ts";
import { pins } from "./pins.ts";

const entry = { name: "zipkin", version: pins.zipkin, recipe: "exec jar", file: "zipkin.jar" };

/** Its path, if it was fetched before. */
export function findZipkin(): string | undefined {
  return findCached(entry);
}

/** Zipkin's server is one runnable jar on Maven Central. */
export async function fetchZipkin(): Promise<string> {
  if (which("mvn") === undefined) await installDebian(debianPrograms.filter(({ name }) => name === "mvn"));
  const mvn = which("mvn") ?? "mvn";
  return ensureCached(entry, async (folder) => {
    const start = Date.now();
    say(`  zipkin ${pins.zipkin}: fetching its jar from Maven Central (up to a minute) …`);
    const { code, output } = await run(mvn, [
      "--batch-mode",
      "-Dmaven.wagon.http.retryHandler.count=5",
      "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy",
      `-Dartifact=io.zipkin:zipkin-server:${pins.zipkin}:jar:exec`,
      `-DoutputDirectory=${folder}`,
      "-Dmdep.stripVersion=true",
      "-Dmdep.stripClassifier=true",
    ]);
    if (code !== 0)
      throw new Error(`zipkin ${pins.zipkin} could not be fetched; the end of Maven's log:\n${endOf(output)}`);
    await run("mv", [`${folder}/zipkin-server.jar`, `${folder}/${entry.file}`]);
    say(`  zipkin ${pins.zipkin}: fetched in ${seconds(start)}`);
  });
}
