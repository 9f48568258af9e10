import { batchContract } from "../batchContract.ts";
import { stockRepositoryContract } from "../contract.ts";
import { memoryStock } from "./stock.ts";

stockRepositoryContract("memory", async (menu) => memoryStock(menu));

batchContract("memory", async (menu) => memoryStock(menu));
