import { say } from "./programs/say.ts";
import { runCounted } from "./testing/counted.ts";

/** `npm test [-- vitest's arguments]`: runs every test and ends with one line, "N passed, N failed". */
const { line, ok } = await runCounted(process.argv.slice(2));
say(line);
process.exit(ok ? 0 : 1);
