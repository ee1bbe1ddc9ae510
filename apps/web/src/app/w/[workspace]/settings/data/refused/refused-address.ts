/** What of the refused events is shown: of which reason, and of which import or source. */
export type Shown = { reason: string | null; origin: string | null };

/** The address of that; null means any. */
export const refusedAddress = (workspace: string, { reason, origin }: Partial<Shown> = {}): string => {
  const query = new URLSearchParams({ ...(reason ? { reason } : {}), ...(origin ? { origin } : {}) }).toString();
  return `/w/${workspace}/settings/data/refused${query && `?${query}`}`;
};
