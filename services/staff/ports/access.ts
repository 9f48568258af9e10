import { StaffService, Role as WireRole } from "#common/genproto/staff/v1/staff_pb";
import { type Role, roles } from "../domain/roles.ts";

/** An RPC of the staff service, as its descriptor calls it in code. */
export type Call = keyof typeof StaffService.method;

const kitchen = ["cook", "owner"] as const;
const counter = ["cashier", "owner"] as const;
const office = ["owner"] as const;

/** Who may do what: the one table. What has no row is nobody's. */
export const access: Readonly<Record<Call, readonly Role[]>> = {
  getMe: roles,
  watchBoard: kitchen,
  takeTicket: kitchen,
  finishTicket: kitchen,
  takeBackTicket: kitchen,
  tickDish: kitchen,
  setSoldOut: kitchen,
  listDishes: roles,
  putDish: office,
  moveStock: office,
  setShop: office,
  searchOrders: counter,
  getOrder: counter,
  cancelOrder: counter,
  refundOrder: counter,
  announceOrder: counter,
  getTakings: office,
  listMoney: office,
  resolvePutAside: office,
  searchActs: office,
  getTrouble: office,
  getBooks: office,
  listDeadLetters: office,
  resendDeadLetters: office,
  discardDeadLetters: office,
};

/** Whether somebody with these roles may call it; nobody may call what has no row. */
export function mayCall(held: readonly Role[], call: string): boolean {
  const allowed: readonly Role[] = Object.hasOwn(access, call) ? access[call as Call] : [];
  return held.some((role) => allowed.includes(role));
}

/** The RPCs that somebody with these roles may call, by their names in the contract. */
export function allowedTo(held: readonly Role[]): string[] {
  return StaffService.methods.filter(({ localName }) => mayCall(held, localName)).map(({ name }) => name);
}

/** A role as the contract has it. */
export const wireRoles: Readonly<Record<Role, WireRole>> = {
  cook: WireRole.COOK,
  cashier: WireRole.CASHIER,
  owner: WireRole.OWNER,
};
