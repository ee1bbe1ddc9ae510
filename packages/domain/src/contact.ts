/** What somebody is for the customer's use of the product. */
export const contactRoles = {
  champion: { label: 'Champion', speaks: true },
  executive_sponsor: { label: 'Executive sponsor', speaks: true },
  user: { label: 'User', speaks: false },
  other: { label: 'Other', speaks: false },
} as const satisfies Record<string, { label: string; /** Touches with them count as engagement of the account. */ speaks: boolean }>;
export type ContactRole = keyof typeof contactRoles;
export const CONTACT_ROLES = Object.keys(contactRoles) as [ContactRole, ...ContactRole[]];
/** Roles whose touches count as engagement: sponsors and champions. */
export const SPEAKING_ROLES: readonly ContactRole[] = CONTACT_ROLES.filter((role) => contactRoles[role].speaks);
