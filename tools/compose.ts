import { runFiles, writeRunFiles } from "./compose/files.ts";
import { say } from "./programs/say.ts";
import { readWords } from "./programs/words.ts";

readWords("npm run compose   writes compose.yaml and dapr.yaml of what the stack starts");
writeRunFiles();
for (const path of Object.keys(runFiles())) say(`  ${path}`);
