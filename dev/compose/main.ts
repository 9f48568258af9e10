import { say } from "../../ops/command/say.ts";
import { readWords } from "../../ops/command/words.ts";
import { runFiles, writeRunFiles } from "./files.ts";

readWords("npm run compose   writes compose.yaml and dapr.yaml of what the stack starts");
writeRunFiles();
for (const path of Object.keys(runFiles())) say(`  ${path}`);
