/** What a member of staff is here for. */
export const roles = ["cook", "cashier", "owner"] as const;

export type Role = (typeof roles)[number];

/**
 * The roles that a claim of the identity provider names: a list, or one text with spaces or commas between them. What
 * it names beside ours is the business of other systems.
 */
export function rolesIn(claim: unknown): Role[] {
  const named = Array.isArray(claim) ? claim : typeof claim === "string" ? claim.split(/[\s,]+/) : [];
  return roles.filter((role) => named.includes(role));
}

/** The claim of this name; a name with dots that is no claim itself leads into claims, as `realm_access.roles` does. */
export function claimIn(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((inside, step) => {
    const isObject = typeof inside === "object" && inside !== null && Object.hasOwn(inside, step);
    return isObject ? (inside as Record<string, unknown>)[step] : undefined;
  }, claims);
}
