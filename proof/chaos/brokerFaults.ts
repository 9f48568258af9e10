import { enoughMemory } from "../../dev/stack/parts/rabbitmq.ts";
import type { Fault } from "./fault.ts";

/**
 * The broker holds every publisher back; then the backlog comes all at once. Orders are taken meanwhile, until so many
 * wait for their payment link that the door closes.
 */
export const memoryAlarm: Fault = {
  name: "RabbitMQ's memory alarm",
  seconds: 20,
  // rabbitmqctl starts a machine of its own each time.
  takes: 15,
  begin: ({ broker }) => broker("set_vm_memory_high_watermark", "0.0001"),
  end: ({ broker }) => broker("set_vm_memory_high_watermark", "absolute", enoughMemory),
};
