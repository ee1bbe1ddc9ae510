import type { PortfolioPage } from '@tideline/engine/portfolio';

/** What every part of the screen is drawn from. */
export type Scene = { workspace: string; page: PortfolioPage };

/** The accounts behind a number: triage, over everyone's book. Values may hold what separates them there. */
export const accountsHref = (workspace: string, narrow: Record<string, string>): string => {
  const query = new URLSearchParams({ tab: 'all', owner: 'anyone', group: 'none' });
  for (const [name, value] of Object.entries(narrow)) query.set(name, value.replaceAll('|', '%7C'));
  return `/w/${workspace}/triage?${query.toString()}`;
};
