'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Chip } from '../../../../../ui/chip.tsx';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { exactMoment, moment, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import type { Tone } from '../../../../../ui/tone.ts';

type Fault = { id: string; title: string; evidence: string; held: string; detectedAt: string; endedAs: string | null; endedBy: string | null };
type Props = { workspace: string; faults: readonly Fault[]; mayDismiss: boolean; reader: Reader };

const ends: Record<string, { label: string; tone: Tone; words: string }> = {
  returned: { label: 'All came', tone: 'healthy', words: 'The days that were missing were judged with all of their usage.' },
  resumed: { label: 'Flows again', tone: 'watch', words: 'The days that were missing stayed silent and were judged as they are.' },
  dismissed: { label: 'Real', tone: 'quiet', words: 'The silence counts.' },
};

/** Usage that stopped together: what stands, and how the latest ended. */
export const FaultTable = ({ workspace, faults, mayDismiss, reader }: Props) => {
  const router = useRouter();
  const [asking, ask] = useState<Fault | null>(null);
  useLive(workspace, ['day'], () => router.refresh(), 1_000);
  const dismiss = async ({ id }: Fault) => {
    try {
      await api(workspace).call('dismissDataFault', { params: { id } });
      done('Scores go on, and the silence counts');
    } catch (error) {
      failed('Scores are still held.', problemText(error));
    }
    router.refresh();
  };
  if (faults.length === 0) return null;
  return (
    <section id="faults">
      <SectionTitle title="Data faults" sub="usage that stopped together" />
      <Table caption="Data faults: what stands, then the latest that ended">
        <Thead>
          <tr>
            <Th>What</Th>
            <Th>State</Th>
            <Th right className="max-sm:hidden">
              Found
            </Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {faults.map((fault) => (
            <FaultLine key={fault.id} fault={fault} reader={reader} {...(mayDismiss ? { onDismiss: ask } : {})} />
          ))}
        </Tbody>
      </Table>
      <Confirm
        open={asking !== null}
        onOpenChange={(open) => !open && ask(null)}
        title="Is this silence real?"
        body="Scores go on from where they were held, the silent days count, and the alerts that are due come as one digest. Usage that comes later still counts on its own days."
        action="This is real"
        onConfirm={async () => {
          if (asking) await dismiss(asking);
        }}
      />
    </section>
  );
};

const FaultLine = ({ fault, reader, onDismiss }: { fault: Fault; reader: Reader; onDismiss?: (fault: Fault) => void }) => {
  const end = fault.endedAs === null ? null : ends[fault.endedAs];
  return (
    <Tr className={end ? 'text-text-2' : ''}>
      <RowHead className="py-2 whitespace-normal">
        <span className="font-medium">{fault.title}</span>
        <span className="block max-w-[72ch] text-12 font-normal text-text-3">
          {fault.evidence}. {end ? end.words : `${fault.held}.`}
        </span>
      </RowHead>
      <Td>
        <Chip tone={end?.tone ?? 'risk'}>{end?.label ?? 'Stands'}</Chip>
        {fault.endedBy && <span className="block text-12 text-text-3">{fault.endedBy}</span>}
      </Td>
      <Td right quiet className="max-sm:hidden" title={exactMoment(fault.detectedAt, reader)}>
        {moment(fault.detectedAt, reader)}
      </Td>
      <Td className="w-0 text-right">
        {onDismiss && !end && (
          <Button size="sm" aria-label={`This is real: ${fault.title}`} onClick={() => onDismiss(fault)}>
            This is real
          </Button>
        )}
      </Td>
    </Tr>
  );
};
