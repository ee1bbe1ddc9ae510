'use client';
import { correctionKinds, type CorrectionKind } from '@tideline/contracts/correction';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { useLive } from '../../../../../../lib/live.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Confirm } from '../../../../../../ui/dialog.tsx';
import { exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';

type Correction = { id: string; kind: string; reason: string; events: number; actor: string; madeAt: string; undoneAt: string | null };
type Props = { workspace: string; corrections: readonly Correction[]; reader: Reader };

/** What was corrected, by whom and why; each can be undone once. */
export const CorrectionTable = ({ workspace, corrections, reader }: Props) => {
  const router = useRouter();
  const [undoing, askUndo] = useState<Correction | null>(null);
  useLive(workspace, ['run'], () => router.refresh(), 1_000);
  const undo = async ({ id }: Correction) => {
    try {
      await api(workspace).call('undoCorrection', { params: { id } });
      done('The events are being put back');
    } catch (error) {
      failed('The correction stands.', problemText(error));
    }
    router.refresh();
  };
  if (corrections.length === 0) return null;
  return (
    <section>
      <SectionTitle title="Corrections" sub="the latest first" />
      <Table caption="Corrections, the latest first">
        <Thead>
          <tr>
            <Th>What</Th>
            <Th right>Events</Th>
            <Th className="max-sm:hidden">By</Th>
            <Th right>When</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {corrections.map((one) => (
            <Tr key={one.id} className={one.undoneAt ? 'text-text-3' : ''}>
              <RowHead className="py-2 whitespace-normal">
                <span className="font-medium">{correctionKinds[one.kind as CorrectionKind] ?? one.kind}</span>
                <span className="block text-12 font-normal text-text-3">{one.reason}</span>
              </RowHead>
              <Td right>{one.events.toLocaleString('en')}</Td>
              <Td quiet className="max-sm:hidden">
                {one.actor}
              </Td>
              <Td right quiet title={exactMoment(one.madeAt, reader)}>
                {moment(one.madeAt, reader)}
              </Td>
              <Td className="w-0 text-right">
                {one.undoneAt ? (
                  'undone'
                ) : one.kind === 'undo' ? null : (
                  <Button size="sm" look="ghost" onClick={() => askUndo(one)}>
                    Undo
                  </Button>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <Confirm
        open={undoing !== null}
        onOpenChange={(open) => !open && askUndo(null)}
        title="Undo this correction?"
        body={`${(undoing?.events ?? 0).toLocaleString('en')} events count again, from now on; what stands in their place goes out. That they did not count for a while stays known.`}
        action="Undo it"
        onConfirm={async () => {
          if (undoing) await undo(undoing);
        }}
      />
    </section>
  );
};
