'use client';
import type { Day } from '@tideline/domain/calendar';
import { useEffect, useState } from 'react';
import { AccountField } from '../../../../../lib/account-field.tsx';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { counted, exactQuantity, money } from '../../../../../ui/format.ts';
import type { Account, MergePreview } from './merge-shape.ts';
import { useMergeActs } from './use-merge-acts.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';

type Props = { workspace: string; account: Account; onClose: () => void };

/** Asks into which account this one goes, and shows what moves before it does. */
export const MergeDialog = ({ workspace, account, onClose }: Props) => {
  const { merge } = useMergeActs(workspace, account.id);
  const [into, choose] = useState<string | null>(null);
  const { preview, problem } = usePreview(workspace, account.id, into);
  const start = () => {
    if (into === null) return;
    onClose();
    void merge(into);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Merge ${account.name} into …`}
      description="All it has moves to the account you choose, and what is sent for its key counts there from then on. It can be undone at any time."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!preview} onClick={start}>
            Merge
          </Button>
        </>
      }
    >
      <div className="flex min-h-72 flex-col gap-4">
        <Field label="The account that stays">
          {(control) => <AccountField {...{ workspace, control }} value={into} onChange={choose} without={account.id} />}
        </Field>
        {problem && <p className="text-risk-text">{problem}</p>}
        {into !== null && !preview && !problem && <p className="text-text-2">Counting what moves …</p>}
        {preview && <Moves preview={preview} />}
      </div>
    </Dialog>
  );
};

/** What merging one account into another would move, as soon as it is known which. */
export const usePreview = (workspace: string, from: string, into: string | null) => {
  const [found, setFound] = useState<{ into: string; preview: MergePreview | null; problem: string | null } | null>(null);
  useEffect(() => {
    if (into === null) return undefined;
    const stop = new AbortController();
    const read = async () => {
      try {
        setFound({ into, preview: await api(workspace).call('previewMerge', { body: { from, into }, signal: stop.signal }), problem: null });
      } catch (error) {
        if (!stop.signal.aborted) setFound({ into, preview: null, problem: problemText(error) });
      }
    };
    void read();
    return () => stop.abort();
  }, [workspace, from, into]);
  return found?.into === into ? found : { preview: null, problem: null };
};

/** What a merge moves, in words and by month. */
export const Moves = ({ preview }: { preview: MergePreview }) => {
  const { events, days, usage, tasks, alerts, touches, contacts, tickets, contracts, revenue, currency, from, into } = preview;
  const families = familyWords(preview);
  const work = [
    ...(tasks.all > 0 ? [`${counted(tasks.all, 'task')} (${exactQuantity(tasks.open)} open)`] : []),
    ...(alerts.all > 0 ? [`${counted(alerts.all, 'alert')} (${exactQuantity(alerts.open)} open)`] : []),
    ...(touches > 0 ? [counted(touches, 'touch', 'touches')] : []),
    ...(contacts > 0 ? [counted(contacts, 'contact')] : []),
    ...(tickets > 0 ? [counted(tickets, 'ticket')] : []),
    ...(contracts > 0 ? [counted(contracts, 'contract term')] : []),
  ];
  return (
    <section aria-label="What moves" aria-live="polite" className="flex flex-col gap-3">
      <p>
        {events === 0 ? 'No events move' : `${counted(events, 'event')} of ${counted(days, 'day')} move`} to {into.name}
        {work.length > 0 && `, with ${work.join(', ')}`}. Nothing is lost: both accounts are counted and judged anew, and what was known before stays known.
      </p>
      {families && <p>{families}</p>}
      {usage.length > 0 && <p className="text-text-2">{usage.map(({ name, unit, quantity }) => `${name}: ${exactQuantity(quantity)} ${unit}`).join(' · ')}</p>}
      {revenue.length > 0 && (
        <Table caption="Revenue by month, before and after">
          <Thead>
            <tr>
              <Th>Month</Th>
              <Th right>{from.name}</Th>
              <Th right>{into.name}</Th>
              <Th right>Together</Th>
            </tr>
          </Thead>
          <Tbody>
            {revenue.map((one) => (
              <Tr key={one.month}>
                <RowHead>{monthName(one.month as Day)}</RowHead>
                <Td right>{money(one.from, currency)}</Td>
                <Td right>{money(one.into, currency)}</Td>
                <Td right>{money(one.together, currency)}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
};

/** What becomes of the families of both; null where neither has one. */
const familyWords = ({ family: { children, place, leaves }, from, into }: MergePreview): string | null => {
  const words = [
    ...(place
      ? [
          place.parent
            ? `${into.name} takes its place and becomes part of ${place.parent.name}.`
            : `${into.name} takes its place and is part of no other account.`,
        ]
      : []),
    ...(children > 0 ? [`${counted(children, 'account')} below ${from.name} ${children === 1 ? 'becomes' : 'become'} part of ${into.name}.`] : []),
    ...(leaves ? [`${into.name} does not become part of ${leaves.name}.`] : []),
  ];
  return words.length > 0 ? words.join(' ') : null;
};

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const monthName = (first: Day): string => MONTH.format(new Date(`${first}T00:00:00Z`));
