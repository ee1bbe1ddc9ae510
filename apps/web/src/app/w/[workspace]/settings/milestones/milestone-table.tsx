'use client';
import { Archive, Ellipsis, Flag, Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Chip } from '../../../../../ui/chip.tsx';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { counted, exactQuantity, percent } from '../../../../../ui/format.ts';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../../ui/menu.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import { EditMilestone, type MeterChoice } from './milestone-dialog.tsx';

export type MilestoneRow = {
  id: string;
  name: string;
  meterId: string;
  meterName: string;
  unit: string;
  threshold: string;
  firstValue: boolean;
  accounts: number;
  reached: number;
  medianDays: number | null;
  p90Days: number | null;
};
type Props = { workspace: string; milestones: readonly MilestoneRow[]; meters: readonly MeterChoice[]; mayWrite: boolean };

export const conditionWords = ({ threshold, unit, meterName }: Pick<MilestoneRow, 'threshold' | 'unit' | 'meterName'>): string =>
  `Reaches ${exactQuantity(threshold)} ${unit} on ${meterName} in total`;

export const MilestoneTable = ({ workspace, milestones, meters, mayWrite }: Props) => {
  const router = useRouter();
  useLive(workspace, ['score', 'day'], () => router.refresh(), 5_000);
  return (
    <Table caption="Milestones">
      <Thead>
        <tr>
          <Th>Milestone</Th>
          <Th right>Reached</Th>
          <Th right>Half of them within</Th>
          <Th right className="max-sm:hidden">
            Nine of ten
          </Th>
          {mayWrite && (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </Thead>
      <Tbody>
        {milestones.map((milestone) => (
          <Tr key={milestone.id}>
            <RowHead className="py-2 whitespace-normal">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-semibold">{milestone.name}</span>
                {milestone.firstValue && (
                  <Chip tone="onboarding" icon={<Flag aria-hidden className="size-3" />}>
                    First value
                  </Chip>
                )}
              </span>
              <span className="block text-text-2">{conditionWords(milestone)}</span>
            </RowHead>
            <Td right title={`${counted(milestone.reached, 'account')} of ${milestone.accounts} that have started`}>
              {milestone.reached} <span className="text-12 text-text-3">of {milestone.accounts}</span>
              {milestone.accounts > 0 && <span className="block text-12 text-text-3">{percent(milestone.reached / milestone.accounts)}</span>}
            </Td>
            <Days days={milestone.medianDays} />
            <Days days={milestone.p90Days} className="max-sm:hidden" />
            {mayWrite && (
              <Td className="w-0">
                <Actions workspace={workspace} milestone={milestone} meters={meters} />
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** Undefined while too few have reached it: a mean of those who made it would flatter. */
const Days = ({ days, className }: { days: number | null; className?: string }) => (
  <Td right className={className} {...(days === null ? { title: 'Too few have reached it to say' } : {})}>
    {days === null ? (
      <span className="text-text-3">–</span>
    ) : (
      <>
        {days} <span className="text-12 text-text-3">{days === 1 ? 'day' : 'days'}</span>
      </>
    )}
  </Td>
);

const Actions = ({ workspace, milestone, meters }: { workspace: string; milestone: MilestoneRow; meters: readonly MeterChoice[] }) => {
  const router = useRouter();
  const [editing, edit] = useState(false);
  const [archiving, askArchive] = useState(false);
  const run = async (what: 'first' | 'archive') => {
    const params = { id: milestone.id };
    try {
      if (what === 'first') await api(workspace).call('changeMilestone', { params, body: { firstValue: true } });
      else await api(workspace).call('archiveMilestone', { params });
      done(what === 'first' ? `${milestone.name} is first value` : `${milestone.name} is archived`);
    } catch (error) {
      failed(`${milestone.name} is as it was.`, problemText(error));
    }
    router.refresh();
  };
  return (
    <>
      <Menu
        label={`Actions for ${milestone.name}`}
        trigger={
          <IconButton label={`Actions for ${milestone.name}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => edit(true)}>
          Edit
        </MenuItem>
        <MenuItem icon={<Flag aria-hidden />} disabled={milestone.firstValue} onSelect={() => void run('first')}>
          Is first value
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<Archive aria-hidden />} danger onSelect={() => askArchive(true)}>
          Archive
        </MenuItem>
      </Menu>
      <EditMilestone workspace={workspace} milestone={milestone} meters={meters} open={editing} onOpenChange={edit} />
      <Confirm
        open={archiving}
        onOpenChange={askArchive}
        title={`Archive ${milestone.name}?`}
        body={
          milestone.firstValue
            ? 'It means first value: without it, time to first value is not measured, and nobody is on track or late in onboarding, until another milestone takes its place.'
            : 'It leaves the list and the accounts’ timelines. Who reached it when stays in the record.'
        }
        action="Archive"
        danger
        onConfirm={() => run('archive')}
      />
    </>
  );
};
