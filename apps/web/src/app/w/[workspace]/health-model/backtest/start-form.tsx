'use client';
import { HORIZONS } from '@tideline/contracts/backtest';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { Textarea } from '../../../../../ui/textarea.tsx';
import { ownDays } from './own-days.ts';

type Props = { workspace: string; versions: readonly { version: number; state: string }[]; draft: boolean };

const horizons = HORIZONS.map((days) => ({ value: String(days), label: `${days} days` }));
const daysChoices = [
  { value: 'month-ends', label: 'Last 12 month-ends' },
  { value: 'own', label: 'Own days' },
] as const;
type DaysChoice = (typeof daysChoices)[number]['value'];
const DRAFT = 'draft';

/** What to test and on which days; says in place what the server will not do. */
export const StartForm = ({ workspace, versions, draft }: Props) => {
  const [model, setModel] = useState(draft ? DRAFT : String(versions.find(({ state }) => state === 'published')?.version ?? ''));
  const [horizon, setHorizon] = useState('90');
  const [choice, setChoice] = useState<DaysChoice>('month-ends');
  const [text, setText] = useState('');
  const { start, busy, refused, problem } = useStart(workspace);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start({ version: model === DRAFT ? null : Number(model), horizon: Number(horizon), text: choice === 'own' ? text : null });
  };
  const options = [
    ...(draft ? [{ value: DRAFT, label: 'The draft, as saved' }] : []),
    ...versions.map(({ version, state }) => ({ value: String(version), label: `Version ${version}${state === 'published' ? ', in force' : ''}` })),
  ];
  return (
    <section aria-label="Test on the past" className="border-b border-line pb-6">
      <SectionTitle title="Test on the past" />
      <p className="mb-4 max-w-[72ch] text-text-2">
        On each past day every account is scored from the data that had arrived by then, and held against what it did afterwards. Nothing live changes.
      </p>
      <FormError>{refused}</FormError>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-wrap items-end gap-x-5 gap-y-4">
          <Field label="Health model" className="w-48 max-sm:w-full">
            {(control) => <Select {...control} value={model} options={options} onChange={setModel} />}
          </Field>
          <Choice label="Looks ahead" words="Days in which an account must not be used to count as having left">
            <Segmented label="Looks ahead" value={horizon} options={horizons} onChange={setHorizon} />
          </Choice>
          <Choice label="Past days" words="The days whose scores are tested">
            <Segmented label="Past days" value={choice} options={daysChoices} onChange={setChoice} />
          </Choice>
          <Button type="submit" look="primary" busy={busy}>
            Start the test
          </Button>
        </div>
        {choice === 'own' && (
          <Field label="Days" help="One or many, up to 200: YYYY-MM-DD, parted by spaces, commas or lines." error={problem} className="mt-4 max-w-120">
            {(control) => (
              <Textarea {...control} value={text} placeholder="2026-03-31, 2026-04-30" spellCheck={false} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
        )}
      </form>
    </section>
  );
};

const Choice = ({ label, words, children }: { label: string; words: string; children: React.ReactNode }) => (
  <div>
    <span aria-hidden className="mb-1 block text-12 text-text-2" title={words}>
      {label}
    </span>
    {children}
  </div>
);

/** Starts it and goes to its own page, where it can be watched and left. */
const useStart = (workspace: string) => {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const start = async ({ version, horizon, text }: { version: number | null; horizon: number; text: string | null }) => {
    const own = text === null ? { days: [] } : ownDays(text);
    setRefused(undefined);
    setProblem('problem' in own ? own.problem : undefined);
    if ('problem' in own) return;
    setBusy(true);
    try {
      const { id } = await api(workspace).call('startBacktest', { body: { version, horizon, cutoffs: own.days } });
      router.push(`/w/${workspace}/health-model/backtest/${id}`);
    } catch (error) {
      setRefused(problemText(error));
      setBusy(false);
    }
  };
  return { start, busy, refused, problem };
};
