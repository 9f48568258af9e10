import { readWords } from "../../ops/command/words.ts";
import { build } from "./build.ts";

readWords("npm run build   a bundle of each service, in dist/");
await build();
