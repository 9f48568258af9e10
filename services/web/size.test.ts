import { fileURLToPath } from "node:url";
import { builtPageSuite } from "./builtPage.suite.ts";

const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));

builtPageSuite("the guests' page", { configFile, script: 32, style: 10, assets: "/assets/" });
