import { batchContract } from "../batchContract.ts";
import { stockRepositoryContract } from "../contract.ts";
import { staffContract } from "../staffContract.ts";
import { memoryStock } from "./stock.ts";

staffContract("memory", async (menu) => memoryStock(menu));

stockRepositoryContract("memory", async (menu) => memoryStock(menu));

batchContract("memory", async (menu) => memoryStock(menu));
