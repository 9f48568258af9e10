import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf, run } from "../../ops/command/run.ts";
import { say, seconds } from "../../ops/command/say.ts";
import { withLock } from "./lock.ts";
import { which, whichVersion } from "./onPath.ts";

/** A program that comes with a package of Debian; `find` says where it is, if a version that serves is there. */
export type DebianProgram = {
  readonly name: string;
  readonly package: string;
  find(): Promise<string | undefined>;
};

async function findJava(): Promise<string | undefined> {
  const java = which("java");
  if (java === undefined) return undefined;
  const { output } = await run(java, ["-version"]);
  return Number(/version "(\d+)/.exec(output)?.[1] ?? 0) >= 17 ? java : undefined;
}

/** A Python that has pip: Debian's own comes without. */
async function findPython(): Promise<string | undefined> {
  const python = which("python3");
  return python && (await run(python, ["-m", "pip", "--version"])).code === 0 ? python : undefined;
}

/** `rabbitmq-server` on Debian's PATH refuses to run for anyone but its own user; the script behind it does not. */
const findRabbit = async () =>
  ["/usr/lib/rabbitmq/bin/rabbitmq-server"].find((path) => existsSync(path)) ?? which("rabbitmq-server");

/** Every one of them. */
export const debianPrograms: readonly DebianProgram[] = [
  { name: "rabbitmq-server", package: "rabbitmq-server", find: findRabbit },
  { name: "redis-server", package: "redis-server", find: async () => which("redis-server") },
  { name: "mysqld", package: "mariadb-server", find: async () => which("mariadbd", "mysqld") },
  {
    name: "chromium",
    package: "chromium",
    find: async () => which("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
  },
  { name: "prometheus", package: "prometheus", find: async () => which("prometheus") },
  { name: "promtool", package: "prometheus", find: async () => which("promtool") },
  { name: "mvn", package: "maven", find: async () => which("mvn") },
  { name: "python3", package: "python3-pip", find: findPython },
  {
    name: "pip",
    package: "python3-pip",
    find: async () => ((await run("python3", ["-m", "pip", "--version"])).code === 0 ? which("python3") : undefined),
  },
  { name: "java", package: "openjdk-17-jre-headless", find: findJava },
];

const policy = "/usr/sbin/policy-rc.d";
const marker = "# Put here for a moment by Gorder's tools, so that no service is started by an install.";

/** apt's words for a mirror that is away for a moment, and for somebody else who installs just now. */
const patiently = ["-o", "Acquire::Retries=5", "-o", "DPkg::Lock::Timeout=300"] as const;

/** How this user may install: directly as root, through sudo without a password, or not at all. */
async function prefix(): Promise<readonly string[] | undefined> {
  if (which("apt-get") === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  return (await whichVersion("sudo", ["-n", "true"], () => true)) === undefined ? undefined : ["sudo", "-n"];
}

async function runPrivileged(words: readonly string[], input?: string) {
  const [command = "", ...args] = words;
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return run(command, args, input === undefined ? { env } : { env, input });
}

/** Debian starts a server as soon as it is installed unless this policy forbids it. */
async function withoutStarts<T>(sudo: readonly string[], work: () => Promise<T>): Promise<T> {
  // One of ours is there only when an install was killed in the middle.
  if (existsSync(policy) && !readFileSync(policy, "utf8").includes(marker)) return work();
  await runPrivileged([...sudo, "tee", policy], `#!/bin/sh\n${marker}\nexit 101\n`);
  await runPrivileged([...sudo, "chmod", "755", policy]);
  try {
    return await work();
  } finally {
    await runPrivileged([...sudo, "rm", "-f", policy]);
  }
}

/** Installs with apt what is missing, or says which command would. */
export async function installDebian(programs: readonly DebianProgram[]): Promise<void> {
  const packages = [...new Set(programs.map((program) => program.package))];
  const command = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  const sudo = await prefix();
  if (sudo === undefined) {
    throw new Error(`missing: ${programs.map(({ name }) => name).join(", ")}. Install with: sudo ${command}`);
  }
  await withLock(join(tmpdir(), "gorder-apt.lock"), async () => {
    const start = Date.now();
    say(`  ${packages.join(", ")}: installing with apt (a minute or two; no service is started) …`);
    await withoutStarts(sudo, async () => {
      await runPrivileged([...sudo, "apt-get", "update", "-qq", ...patiently]);
      const quiet = ["-y", "-qq", ...patiently];
      const words = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", ...command.split(" "), ...quiet];
      const { code, output } = await runPrivileged([...sudo, ...words]);
      if (code !== 0)
        throw new Error(`apt could not install; the end of its log:\n${endOf(output)}\n  Try: sudo ${command}`);
    });
    say(`  ${packages.join(", ")}: installed in ${seconds(start)}`);
  });
}
