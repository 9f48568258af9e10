import { lockContract, stateContract } from "./contract.ts";
import { memoryLocks, memoryState } from "./memory.ts";

stateContract("the state store in memory", memoryState());
lockContract("locks in memory", memoryLocks());
