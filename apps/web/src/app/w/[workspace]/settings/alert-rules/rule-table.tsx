'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { dayOf } from '@tideline/domain/calendar';
import { Switch } from '../../../../../ui/switch.tsx';
import { exactMoment, nearDay, type Reader } from '../../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import type { RuleRow } from './rule-row.ts';
import { conditionWords, dueWords, severityLabel } from './rule-words.ts';

type Props = {
  workspace: string;
  rules: readonly RuleRow[];
  reader: Reader;
  /** Absent for those who only read. */
  onSwitch?: (rule: RuleRow, on: boolean) => void;
  onOpen?: (rule: RuleRow) => void;
  menu?: (rule: RuleRow) => ReactNode;
};

export const RuleTable = ({ workspace, rules, reader, onSwitch, onOpen, menu }: Props) => (
  <Table caption="Alert rules">
    <Thead>
      <tr>
        <Th>On</Th>
        <Th>Rule</Th>
        <Th className="max-lg:hidden">Urgency</Th>
        <Th right>Open</Th>
        <Th right>28 days</Th>
        <Th right className="max-sm:hidden">
          Last fired
        </Th>
        {menu && (
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        )}
      </tr>
    </Thead>
    <Tbody>
      {rules.map((rule) => (
        <Tr key={rule.id} className={rule.enabled ? '' : 'text-text-3'}>
          <Td className="w-0">
            {onSwitch ? (
              <Switch aria-label={`${rule.name} is on`} checked={rule.enabled} onCheckedChange={(on) => onSwitch(rule, on)} />
            ) : rule.enabled ? (
              'on'
            ) : (
              'off'
            )}
          </Td>
          <RowHead className="py-2 whitespace-normal">
            {onOpen ? (
              <button type="button" onClick={() => onOpen(rule)} className="door block text-left font-semibold">
                {rule.name}
              </button>
            ) : (
              <span className="block font-semibold">{rule.name}</span>
            )}
            <span className="block text-text-2">{conditionWords(rule.condition)}</span>
          </RowHead>
          <Td className="max-lg:hidden">
            {severityLabel(rule.condition.severity)}
            <span className="block text-12 text-text-3">{dueWords(rule.condition.severity)}</span>
          </Td>
          <Td right>
            {rule.open > 0 ? (
              <Link href={`/w/${workspace}/alert?rule=${rule.id}`} className="door">
                {rule.open}
              </Link>
            ) : (
              '–'
            )}
          </Td>
          <Td right>{rule.fired28 > 0 ? rule.fired28 : '–'}</Td>
          <Td right quiet className="max-sm:hidden" {...(rule.lastFiredAt ? { title: exactMoment(rule.lastFiredAt, reader) } : {})}>
            {rule.lastFiredAt ? nearDay(dayOf(new Date(rule.lastFiredAt), reader.timeZone), reader) : 'never'}
          </Td>
          {menu && <Td className="w-0">{menu(rule)}</Td>}
        </Tr>
      ))}
    </Tbody>
  </Table>
);
