import { useRouter } from 'next/navigation';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { useAnnounce } from '../../../../../shell/live-region.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import type { Merge } from './merge-shape.ts';

/** Merging an account and taking it apart again. Both go on in the background; the page is read anew when they end. */
export const useMergeActs = (workspace: string, accountId: string) => {
  const router = useRouter();
  const announce = useAnnounce();
  const client = api(workspace);
  const begin = async (run: () => Promise<unknown>, said: string) => {
    try {
      await run();
      announce(said);
      done(said);
    } catch (error) {
      failed(problemText(error), 'Nothing was changed.');
    }
    router.refresh();
  };
  return {
    merge: (into: string) => begin(() => client.call('mergeAccounts', { body: { from: accountId, into } }), 'It is being merged'),
    undo: ({ id, from }: Merge) => begin(() => client.call('undoMerge', { params: { id } }), `${from.name} is being taken out again`),
  };
};
