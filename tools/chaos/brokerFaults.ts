import { enoughMemory } from "../stack/parts/rabbitmq.ts";
import type { Fault } from "./fault.ts";

/** The broker holds every publisher back; then the backlog comes all at once. */
export const memoryAlarm: Fault = {
  name: "RabbitMQ's memory alarm",
  seconds: 20,
  // An order is taken whether or not anybody can be told of it.
  meanwhile: 201,
  begin: ({ broker }) => broker("set_vm_memory_high_watermark", "0.0001"),
  end: ({ broker }) => broker("set_vm_memory_high_watermark", "absolute", enoughMemory),
};
