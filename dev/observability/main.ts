import { say } from "../../ops/command/say.ts";
import { readWords } from "../../ops/command/words.ts";
import { generatedFiles, writeFiles } from "./files.ts";

readWords("npm run observability   writes dashboards and rules into helm/files/observability");
writeFiles();
for (const path of Object.keys(generatedFiles())) say(`  helm/files/observability/${path}`);
