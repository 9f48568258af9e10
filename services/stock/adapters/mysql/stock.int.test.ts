import { inject } from "vitest";
import { stockRepositoryContract } from "../stockRepository.suite.ts";
import { temporaryReplicas } from "./testing.ts";

stockRepositoryContract("MySQL", async (menu) => (await temporaryReplicas(inject("stack").mysqlUrl, menu, 1)).at(0));
