import { execFile, spawn } from "node:child_process";

/**
 * Runs a command to its end.
 * @returns what it printed for programs to read; warnings are left out.
 * @throws with all that it said when it failed.
 */
export function must(command: string, args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`));
      else resolve(stdout);
    });
    child.stdin?.end(input);
  });
}

/** Runs a command whose words are for the person at the terminal. */
export function show(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, [...args], { stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(" ")} ended with ${code}`)),
    );
  });
}
