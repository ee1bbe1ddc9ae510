import type { mergeProposalOperations } from '@tideline/contracts/merge-proposal';
import * as proposal from '@tideline/engine/merge-proposal';
import type { Routes } from '../serve.ts';

export const mergeProposalRoutes = {
  listProposals: ({ deps, who }) => proposal.list(deps, who),
  acceptProposal: ({ deps, who, params, body }) => proposal.accept(deps, who, params.id, body),
  dismissProposal: async ({ deps, who, params }) => {
    await proposal.dismiss(deps, who, params.id);
    return {};
  },
  reopenProposal: async ({ deps, who, params }) => {
    await proposal.reopen(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof mergeProposalOperations>;
