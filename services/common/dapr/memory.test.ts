import { memoryKeep, memoryLocks, memoryState } from "./memory.ts";
import { lockContract, stateContract } from "./stateAndLock.suite.ts";

stateContract("the state store in memory", memoryState());
stateContract("the store in memory that forgets nothing", memoryKeep(), "conflict");
lockContract("locks in memory", memoryLocks());
