import { spawn } from "node:child_process";

/**
 * A shell that outlives us by a moment: it reads which process groups are running, and when its input
 * ends without a goodbye (we were killed) it ends them. It costs a megabyte and nothing else.
 */
const script = `
groups=" "
while read -r verb group; do
  case $verb in
    +) groups="$groups$group " ;;
    -) groups=$(printf '%s' "$groups" | sed "s/ $group / /") ;;
  esac
done
[ "$groups" = " " ] && exit 0
for group in $groups; do kill -TERM "-$group"; done 2>/dev/null
sleep 5
for group in $groups; do kill -KILL "-$group"; done 2>/dev/null
`;

/** Ends the process groups that it watches if this process dies without having ended them. */
export type Guard = { watch(group: number): void; forget(group: number): void; end(): void };

/** Starts one, in a process of its own. */
export function startGuard(): Guard {
  const shell = spawn("sh", ["-c", script, "gorder-guard"], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // If someone ends the guard, the stack goes on without one.
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  return {
    watch: (group) => void shell.stdin.write(`+ ${group}\n`),
    forget: (group) => void shell.stdin.write(`- ${group}\n`),
    end: () => void shell.stdin.end(),
  };
}
