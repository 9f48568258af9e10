import { randomBytes } from "node:crypto";
import type { Member } from "../domain/member.ts";
import { type Role, roles } from "../domain/roles.ts";

/** Tokens that let somebody in without a provider: each works once. For `npm start` alone. */
export type Entrances = {
  readonly links: readonly { role: Role; token: string }[];
  /** Who the token lets in; undefined when it was used before, or never given. */
  enter(token: string): Member | undefined;
};

const names: Record<Role, string> = { cook: "Carla Cook", cashier: "Casper Cashier", owner: "Olga Owner" };

/** An entrance for each role. */
export function oneTimeEntrances(): Entrances {
  const unused = new Map(roles.map((role) => [randomBytes(24).toString("base64url"), role]));
  const links = [...unused].map(([token, role]) => ({ role, token }));
  return {
    links,
    enter(token) {
      const role = unused.get(token);
      unused.delete(token);
      return role && { subject: `local-${role}`, name: names[role], roles: [role] };
    },
  };
}
