'use client';
import { Ellipsis, Pencil, Plus, Power, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { counted, type Reader } from '../../../../../ui/format.ts';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../../ui/menu.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import { RuleSheet } from './rule-sheet.tsx';
import { RuleTable } from './rule-table.tsx';
import { sent, type RuleRow } from './rule-row.ts';

type Props = { workspace: string; rules: readonly RuleRow[]; mayWrite: boolean; currency: string; reader: Reader };

const NEW = 'new';
/** Which rule is open stands in the address. */
const useOpenRule = () => useQueryState('rule', parseAsString.withOptions({ history: 'push' }));

export const NewRuleButton = () => {
  const [, open] = useOpenRule();
  return (
    <Button look="primary" icon={<Plus aria-hidden />} onClick={() => void open(NEW)}>
      New rule
    </Button>
  );
};

export const Rules = ({ workspace, rules, mayWrite, currency, reader }: Props) => {
  const router = useRouter();
  const [open, setOpen] = useOpenRule();
  useLive(workspace, ['alert'], () => router.refresh(), 2_000);
  const save = async (rule: RuleRow, enabled: boolean, undo = true): Promise<void> => {
    try {
      await api(workspace).call('changeAlertRule', { params: { id: rule.id }, body: { name: rule.name, condition: sent(rule.condition), enabled } });
      done(`${rule.name} is ${enabled ? 'on' : 'off'}`, undo ? () => void save(rule, !enabled, false) : undefined);
    } catch (error) {
      failed(`${rule.name} is as it was.`, problemText(error));
    }
    router.refresh();
  };
  const chosen = rules.find(({ id }) => id === open);
  return (
    <>
      {rules.length === 0 ? (
        <EmptyState title="Nothing tells you of a change yet.">
          A rule watches every live account: when its health falls below a line, or it enters a segment, an alert opens with a task for the account’s owner,
          once per crossing.
        </EmptyState>
      ) : (
        <RuleTable
          workspace={workspace}
          rules={rules}
          reader={reader}
          {...(mayWrite
            ? {
                onSwitch: (rule, on) => void save(rule, on),
                onOpen: (rule) => void setOpen(rule.id),
                menu: (rule) => <RuleMenu workspace={workspace} rule={rule} onSwitch={(on) => save(rule, on)} />,
              }
            : {})}
        />
      )}
      {mayWrite && (open === NEW || chosen) && (
        <RuleSheet key={open} workspace={workspace} rule={chosen ?? null} currency={currency} onClose={() => void setOpen(null)} />
      )}
    </>
  );
};

type RuleMenuProps = { workspace: string; rule: RuleRow; onSwitch: (on: boolean) => Promise<void> };

const RuleMenu = ({ workspace, rule, onSwitch }: RuleMenuProps) => {
  const router = useRouter();
  const [, open] = useOpenRule();
  const [deleting, askDelete] = useState(false);
  const remove = async () => {
    try {
      await api(workspace).call('deleteAlertRule', { params: { id: rule.id } });
      done(`${rule.name} is deleted`);
    } catch (error) {
      failed(`${rule.name} is still there.`, problemText(error));
    }
    router.refresh();
  };
  return (
    <>
      <Menu
        label={`Actions for ${rule.name}`}
        trigger={
          <IconButton label={`Actions for ${rule.name}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => void open(rule.id)}>
          Edit
        </MenuItem>
        <MenuItem icon={<Power aria-hidden />} onSelect={() => void onSwitch(!rule.enabled)}>
          {rule.enabled ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => askDelete(true)}>
          Delete
        </MenuItem>
      </Menu>
      <Confirm
        open={deleting}
        onOpenChange={askDelete}
        {...(rule.fired > 0
          ? keptInstead(rule, onSwitch)
          : {
              title: `Delete ${rule.name}?`,
              body: 'It never fired, so nothing of it stays but its lines in the audit log.',
              action: 'Delete',
              danger: true,
              onConfirm: remove,
            })}
      />
    </>
  );
};

/** A rule that fired is kept, for its alerts are history: what can be had instead is that it fires no more. */
const keptInstead = ({ name, fired, open, enabled }: RuleRow, onSwitch: RuleMenuProps['onSwitch']) => {
  const history = `It opened ${counted(fired, 'alert')}, and those are history, so the rule stays in the list.`;
  if (!enabled)
    return { title: `${name} cannot be deleted`, body: `${history} It is off already and opens no more.`, action: 'Leave it off', onConfirm: () => undefined };
  const after = open > 0 ? ` ${open === 1 ? 'The one still open clears by itself' : `The ${open} still open clear by themselves`} as before.` : '';
  return { title: `Switch ${name} off instead?`, body: `${history} Off, it opens no more.${after}`, action: 'Switch off', onConfirm: () => onSwitch(false) };
};
