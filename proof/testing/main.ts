import { say } from "../../ops/command/say.ts";
import { runCounted } from "./counted.ts";

/** `npm test [-- vitest's arguments]`: runs every test and ends with one line, "N passed, N failed". */
const { line, ok } = await runCounted(process.argv.slice(2));
say(line);
process.exit(ok ? 0 : 1);
