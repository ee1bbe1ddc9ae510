import type { portfolioOperations } from '@tideline/contracts/portfolio';
import { portfolio } from '@tideline/engine/portfolio';
import type { Routes } from '../serve.ts';

export const portfolioRoutes = {
  getPortfolio: ({ deps, who }) => portfolio(deps, who),
} satisfies Routes<typeof portfolioOperations>;
