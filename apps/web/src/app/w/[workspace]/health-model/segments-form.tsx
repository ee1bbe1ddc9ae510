'use client';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { ChoiceField } from '../../../../ui/field.tsx';
import { SegmentMark, type SegmentCode } from '../../../../ui/segment-mark.tsx';
import { Switch } from '../../../../ui/switch.tsx';
import type { Edit, Side, ThresholdKey } from './edit.ts';
import { Group, Wrong } from './group.tsx';
import { NumberInput } from './number-input.tsx';
import { doorWords, thresholdWords } from './settings.ts';

type Door = keyof typeof doorWords;
const parts = [
  { title: 'Churn risk', segment: 'churn_risk' },
  { title: 'Expansion', segment: 'expansion_candidate' },
  { title: 'Onboarding late', segment: 'onboarding_laggard' },
] as const satisfies readonly { title: string; segment: SegmentCode }[];
const doors = Object.keys(doorWords) as Door[];
const thresholds = Object.keys(thresholdWords) as ThresholdKey[];

type Props = {
  edit: Edit;
  problems: ReadonlyMap<string, string>;
  onDoor: (door: Door, open: boolean) => void;
  onThreshold: (key: ThresholdKey, side: Side, value: number) => void;
};

/** Which doors lead into a segment, and where each begins. Folded: most workspaces never touch it. */
export const SegmentsForm = (props: Props) => {
  const [open, setOpen] = useState(false);
  const wrong = [...props.problems.keys()].some((path) => path.startsWith('segments.'));
  return (
    <Group title="Segments">
      {parts.map(({ title, segment }) => (
        <div key={segment} className="mb-2">
          <p className="flex h-6 items-center gap-2">
            <SegmentMark silent segment={segment} />
            {title}
          </p>
          {doors
            .filter((door) => doorWords[door].segment === title)
            .map((door) => (
              <ChoiceField
                key={door}
                label={doorWords[door].label}
                help={doorWords[door].help}
                control={(id) => <Switch id={id} checked={props.edit.segments.doors[door]} onCheckedChange={(on) => props.onDoor(door, on)} />}
              />
            ))}
          {(open || wrong) && <Thresholds {...props} title={title} />}
        </div>
      ))}
      <button
        type="button"
        aria-expanded={open || wrong}
        onClick={() => setOpen(!open)}
        className="moves flex h-7 items-center gap-1 rounded-2 text-text-2 hover:text-text max-sm:h-8"
      >
        <ChevronRight aria-hidden className={open || wrong ? 'size-3.5 rotate-90' : 'size-3.5'} />
        Thresholds
      </button>
    </Group>
  );
};

const Thresholds = ({ title, edit, problems, onThreshold }: Props & { title: string }) => (
  <ul>
    {thresholds
      .filter((key) => thresholdWords[key].segment === title)
      .map((key) => {
        const { label, help, unit, scale, step } = thresholdWords[key];
        const wrong = problems.get(`segments.${key}`);
        const id = `${key}-problem`;
        return (
          <li key={key} className="py-1">
            <div className="flex items-center gap-2">
              <span className="mr-auto min-w-0">
                {label}
                {unit && <span className="text-text-3"> ({unit})</span>}
                <span className="block text-12 text-text-3">{help}</span>
              </span>
              {(['enter', 'stay'] as const).map((side) => (
                <span key={side} className="flex items-center gap-2">
                  {side === 'stay' && <span className="text-12 whitespace-nowrap text-text-3">stays to</span>}
                  <NumberInput
                    {...(side === 'enter' ? { id: `segments.${key}` } : {})}
                    value={edit.segments.thresholds[key][side]}
                    onChange={(value) => onThreshold(key, side, value)}
                    label={side === 'enter' ? label : `${label}, to stay`}
                    step={step}
                    scale={scale}
                    invalid={wrong !== undefined}
                    describedBy={wrong ? id : undefined}
                  />
                </span>
              ))}
            </div>
            <Wrong id={id} message={wrong} />
          </li>
        );
      })}
  </ul>
);
