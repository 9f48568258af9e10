import { generatedFiles, writeFiles } from "./observability/files.ts";
import { say } from "./programs/say.ts";
import { readWords } from "./programs/words.ts";

readWords("npm run observability   writes dashboards and rules into helm/files/observability");
writeFiles();
for (const path of Object.keys(generatedFiles())) say(`  helm/files/observability/${path}`);
