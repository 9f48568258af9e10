import { busContract } from "./busContract.ts";
import { lockContract, stateContract } from "./contract.ts";
import { memoryBus, memoryLocks, memoryState } from "./memory.ts";

stateContract("the state store in memory", memoryState());
lockContract("locks in memory", memoryLocks());
busContract("the broker in memory", async (topic, handle) => {
  const bus = memoryBus(10);
  bus.subscribe(topic, handle);
  return bus;
});
