import type { StaffService } from "#common/genproto/staff/v1/staff_pb";

/** An RPC of the staff service by its name in the contract. */
export type Door = (typeof StaffService)["method"][keyof (typeof StaffService)["method"]]["name"];

/** Which doors are open, from GetMe's list; a name may come with its service before it. */
export function doorsOf(allowed: readonly string[]): (door: Door) => boolean {
  const open = new Set(allowed.map((name) => name.slice(name.lastIndexOf("/") + 1)));
  return (door) => open.has(door);
}
