'use client';
import { ChoiceField } from '../../../../ui/field.tsx';
import { counted } from '../../../../ui/format.ts';
import { Switch } from '../../../../ui/switch.tsx';
import type { Edit } from './edit.ts';
import { Group } from './group.tsx';
import { ruleWords } from './settings.ts';

/** What a switch would do: points moved, accounts that would change band; null while that is not known. */
export type RuleEffects = { readonly k: number; readonly shifted: number; readonly quiet: number; readonly decline: number };

const effect = (on: boolean, accounts: number): string =>
  on ? `holds ${counted(accounts, 'account')} in another band` : `would move ${counted(accounts, 'account')}`;

/** The rules around the sum, each with what it does here. */
export const RulesForm = ({
  edit,
  effects,
  onShift,
  onCap,
}: {
  edit: Edit;
  effects: RuleEffects | null;
  onShift: (on: boolean) => void;
  onCap: (cap: 'quiet' | 'decline', on: boolean) => void;
}) => (
  <Group title="Rules">
    <ChoiceField
      label={ruleWords.shift.label}
      help={
        effects
          ? `regularity ${effects.k.toFixed(1)} here, 1 is by chance: ${effects.shifted < 0.05 ? 'nothing to move' : `moves ${effects.shifted.toFixed(1)} points`}`
          : 'Comparing…'
      }
      control={(id) => <Switch id={id} checked={edit.shiftByRegularity} onCheckedChange={onShift} />}
    />
    {(['quiet', 'decline'] as const).map((cap) => (
      <ChoiceField
        key={cap}
        label={ruleWords[cap].label}
        help={effects ? effect(edit.caps[cap], effects[cap]) : 'Comparing…'}
        control={(id) => <Switch id={id} checked={edit.caps[cap]} onCheckedChange={(on) => onCap(cap, on)} />}
      />
    ))}
  </Group>
);
