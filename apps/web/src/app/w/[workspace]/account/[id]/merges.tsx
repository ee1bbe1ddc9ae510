'use client';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '../../../../../ui/button.tsx';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { counted, moment, type Reader } from '../../../../../ui/format.ts';
import type { Account, Merge } from './merge-shape.ts';
import { useMergeActs } from './use-merge-acts.ts';

type Props = { workspace: string; account: Account; reader: Reader; mayUndo: boolean };

/** That the account was merged into another, or which were merged into it; each can be taken apart again. */
export const Merges = ({ workspace, account, reader, mayUndo }: Props) => {
  const { undo } = useMergeActs(workspace, account.id);
  const [asked, ask] = useState<Merge | null>(null);
  if (account.merges.length === 0) return null;
  return (
    <section aria-label="Merges" className="mx-4 mb-5 rounded-2 bg-bg-raised border border-line px-3 py-1 lg:mx-gutter">
      <ul>
        {account.merges.map((merge) => (
          <li key={merge.id} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1">
            <Told {...{ workspace, account, merge, reader }} />
            {mayUndo && merge.state === 'merged' && (
              <Button size="sm" className="ml-auto" onClick={() => ask(merge)}>
                Undo the merge
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <Confirm
          open
          onOpenChange={(open) => !open && ask(null)}
          title={`Take ${asked.from.name} out of ${asked.into.name} again?`}
          body={`Its ${counted(asked.events, 'event')}, what came for its key since, and the work that moved go back to it. What was done on ${asked.into.name} since stays there.`}
          action="Undo the merge"
          onConfirm={() => undo(asked)}
        />
      )}
    </section>
  );
};

const Told = ({ workspace, account, merge, reader }: Omit<Props, 'mayUndo'> & { merge: Merge }) => {
  const isFrom = merge.from.id === account.id;
  const other = isFrom ? merge.into : merge.from;
  const link = (
    <Link href={`/w/${workspace}/account/${other.id}`} prefetch={false} className="door font-medium">
      {other.name}
    </Link>
  );
  if (merge.state === 'merging') return isFrom ? <p>Is being merged into {link}.</p> : <p>{link} is being merged into it.</p>;
  if (merge.state === 'undoing') return isFrom ? <p>Is being taken out of {link} again.</p> : <p>{link} is being taken out of it again.</p>;
  const when = `${moment(merge.madeAt, reader)} by ${merge.actor}`;
  return isFrom ? (
    <p>
      Merged into {link}, {when}.
    </p>
  ) : (
    <p>
      {link} was merged into it, {when}: {counted(merge.events, 'event')} moved.
    </p>
  );
};
