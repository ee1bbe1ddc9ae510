'use client';
import type { MergeProposal } from '@tideline/contracts/merge-proposal';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type * as z from 'zod';
import { useLive } from '../../../../../../lib/live.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import type { Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Decided } from './decided.tsx';
import { ProposalDialog } from './proposal-dialog.tsx';
import { Waiting } from './waiting.tsx';
import { useDecide } from './use-decide.ts';

export type Proposal = z.output<typeof MergeProposal>;
type Props = { workspace: string; items: readonly Proposal[]; open: number; currency: string; reader: Reader };

/** What waits for a word, each with what tells whether the two are one; below it what was decided. */
export const Proposals = ({ workspace, items, open, currency, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['account', 'run'], () => router.refresh(), 1_000);
  const [looking, look] = useState<Proposal | null>(null);
  const decide = useDecide(workspace);
  const waiting = items.filter(({ state }) => state === 'open' || state === 'merging');
  const decided = items.filter(({ state }) => state === 'accepted' || state === 'dismissed');
  return (
    <div className="flex flex-col gap-10">
      {waiting.length === 0 ? (
        <EmptyState
          title="No merge is proposed."
          actions={
            <Button asChild>
              <Link href={`/w/${workspace}/account`}>Find an account to merge</Link>
            </Button>
          }
        >
          When a client says that two of your accounts are one (Segment does with an alias call), it is asked here; nothing is merged before you say so. Two
          that you know of are merged from the account itself, under More.
        </EmptyState>
      ) : (
        <section>
          <SectionTitle title="Are these one?" sub={open > waiting.length ? `the latest ${waiting.length} of ${open.toLocaleString('en')}` : undefined} />
          <ul>
            {waiting.map((proposal) => (
              <Waiting
                key={proposal.id}
                {...{ workspace, proposal, currency, reader }}
                onLook={() => look(proposal)}
                onDismiss={() => void decide.dismiss(proposal)}
              />
            ))}
          </ul>
        </section>
      )}
      {decided.length > 0 && <Decided {...{ workspace, reader }} items={decided} onReopen={(one) => void decide.reopen(one)} />}
      {looking && <ProposalDialog workspace={workspace} proposal={looking} onClose={() => look(null)} onMerge={(into) => void decide.accept(looking, into)} />}
    </div>
  );
};
