import { fileURLToPath } from "node:url";
import { builtPageSuite } from "../builtPage.suite.ts";

const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));

builtPageSuite("the staff's page", { configFile, script: 80, style: 12, assets: "/staff/assets/" });
