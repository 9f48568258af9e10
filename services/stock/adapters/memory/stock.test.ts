import { batchContract } from "../batch.suite.ts";
import { retiredContract } from "../retired.suite.ts";
import { staffContract } from "../staff.suite.ts";
import { stockRepositoryContract } from "../stockRepository.suite.ts";
import { memoryStock } from "./stock.ts";

staffContract("memory", async (menu) => memoryStock(menu));

stockRepositoryContract("memory", async (menu) => memoryStock(menu));

batchContract("memory", async (menu) => memoryStock(menu));

retiredContract("memory", async (menu) => memoryStock(menu));
