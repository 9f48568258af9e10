import { inject } from "vitest";
import { stockRepositoryContract } from "../contract.ts";
import { temporaryReplicas } from "./testing.ts";

stockRepositoryContract("MySQL", async (menu) => (await temporaryReplicas(inject("stack").mysqlUrl, menu, 1)).at(0));
