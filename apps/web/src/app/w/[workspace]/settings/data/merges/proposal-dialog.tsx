'use client';
import { ArrowUpDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../../../../ui/button.tsx';
import { Dialog } from '../../../../../../ui/dialog.tsx';
import { Moves, usePreview } from '../../../account/[id]/merge-dialog.tsx';
import type { Proposal } from './proposals.tsx';

type Props = { workspace: string; proposal: Proposal; onClose: () => void; onMerge: (into: string) => void };

/** What merging the two would move, whichever of them stays. */
export const ProposalDialog = ({ workspace, proposal, onClose, onMerge }: Props) => {
  const [turned, turn] = useState(false);
  const [from, into] = turned ? [proposal.into, proposal.from] : [proposal.from, proposal.into];
  const { preview, problem } = usePreview(workspace, from.id, into.id);
  const merge = () => {
    onClose();
    onMerge(into.id);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Merge into ${into.name}?`}
      description={`All of ${from.name} moves to ${into.name}, and what is sent for its key ${from.externalId} counts there from then on. It can be undone at any time.`}
      footer={
        <>
          <Button className="mr-auto" icon={<ArrowUpDown aria-hidden />} onClick={() => turn(!turned)}>
            The other way round
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!preview} onClick={merge}>
            Merge
          </Button>
        </>
      }
    >
      <div className="flex min-h-48 flex-col gap-4">
        {problem && <p className="text-risk-text">{problem}</p>}
        {!preview && !problem && <p className="text-text-2">Counting what moves …</p>}
        {preview && <Moves preview={preview} />}
      </div>
    </Dialog>
  );
};
