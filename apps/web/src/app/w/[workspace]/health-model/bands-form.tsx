'use client';
import type { BandThresholds } from '@tideline/domain/health';
import { BandMark } from '../../../../ui/segment-mark.tsx';
import type { Edit } from './edit.ts';
import { Group, Wrong } from './group.tsx';
import { NumberInput } from './number-input.tsx';

const rows = [
  { band: 'at_risk', label: 'At risk below', enter: 'atRiskBelow', leave: 'atRiskLeaves', leaves: 'leaves at' },
  { band: 'healthy', label: 'Healthy from', enter: 'healthyFrom', leave: 'healthyLeaves', leaves: 'leaves below' },
] as const;

/** Where bands begin, and where they are left: the gap keeps an account from moving to and fro. */
export const BandsForm = ({
  edit,
  problems,
  onChange,
}: {
  edit: Edit;
  problems: ReadonlyMap<string, string>;
  onChange: (key: keyof BandThresholds, value: number) => void;
}) => (
  <Group title="Bands">
    <ul>
      {rows.map(({ band, label, enter, leave, leaves }) => {
        const wrong = problems.get(`bands.${enter}`) ?? problems.get(`bands.${leave}`);
        const id = `${band}-problem`;
        return (
          <li key={band} className="py-1">
            <div className="flex items-center gap-2">
              <BandMark silent band={band} />
              <span className="mr-auto">{label}</span>
              <NumberInput
                id={`bands.${enter}`}
                value={edit.bands[enter]}
                onChange={(value) => onChange(enter, value)}
                label={label}
                invalid={problems.has(`bands.${enter}`)}
                describedBy={wrong ? id : undefined}
              />
              <span className="text-12 text-text-3">{leaves}</span>
              <NumberInput
                id={`bands.${leave}`}
                value={edit.bands[leave]}
                onChange={(value) => onChange(leave, value)}
                label={`${label.split(' ').slice(0, -1).join(' ')} ${leaves}`}
                invalid={problems.has(`bands.${leave}`)}
                describedBy={wrong ? id : undefined}
              />
            </div>
            <Wrong id={id} message={wrong} />
          </li>
        );
      })}
    </ul>
  </Group>
);
