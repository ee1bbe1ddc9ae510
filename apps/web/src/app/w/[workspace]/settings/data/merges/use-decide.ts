import { useRouter } from 'next/navigation';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { useAnnounce } from '../../../../../../shell/live-region.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import type { Proposal } from './proposals.tsx';

/** The answers to a proposal: merged in the background, or not the same, which can be taken back. */
export const useDecide = (workspace: string) => {
  const router = useRouter();
  const announce = useAnnounce();
  const client = api(workspace);
  const act = async (run: () => Promise<unknown>, said: string, undo?: () => void) => {
    try {
      await run();
      announce(said);
      done(said, undo);
    } catch (error) {
      failed(problemText(error), 'Nothing was changed.');
    }
    router.refresh();
  };
  const reopen = ({ id }: Proposal) => act(() => client.call('reopenProposal', { params: { id } }), 'It waits again');
  return {
    reopen,
    dismiss: (proposal: Proposal) =>
      act(
        () => client.call('dismissProposal', { params: { id: proposal.id } }),
        `${proposal.from.name} and ${proposal.into.name} stay two accounts`,
        () => void reopen(proposal),
      ),
    accept: ({ id }: Proposal, into: string) => act(() => client.call('acceptProposal', { params: { id }, body: { into } }), 'They are being merged'),
  };
};
