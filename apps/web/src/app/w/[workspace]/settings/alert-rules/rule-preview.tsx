'use client';
import type { GotOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { ApiProblem } from '../../../../../lib/request.ts';
import { counted, money } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { SegmentMark } from '../../../../../ui/segment-mark.tsx';
import { ruleOf, RuleShape, type RuleForm } from './rule-shape.ts';
import { sent } from './rule-row.ts';

type Preview = GotOf<Operations['previewAlertRule']>;
const PAUSE_MS = 250;

/** For which accounts the condition holds as they stand now; follows the form. */
export const RulePreview = ({ workspace, currency }: { workspace: string; currency: string }) => {
  const { control } = useFormContext<RuleForm>();
  const form = useWatch({ control }) as RuleForm;
  const [preview, show] = useState<Preview | null>(null);
  const parsed = RuleShape.safeParse({ ...form, name: form.name || 'preview' });
  const asked = parsed.success ? JSON.stringify(sent(ruleOf(parsed.data))) : null;
  useEffect(() => {
    if (asked === null) return undefined;
    const ending = new AbortController();
    const ask = async () => {
      try {
        show(await api(workspace).call('previewAlertRule', { body: { condition: JSON.parse(asked) as ReturnType<typeof sent> }, signal: ending.signal }));
      } catch (error) {
        if (ending.signal.aborted) return;
        if (!(error instanceof ApiProblem)) throw error;
        show(null); // saving will say why
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [asked, workspace]);
  return (
    <section aria-live="polite">
      <SectionTitle title="If it watched now" />
      {preview === null ? (
        <p className="h-10 text-text-3">{asked === null ? 'Once the condition is complete, the accounts it holds for are counted here.' : ''}</p>
      ) : (
        <PreviewWords preview={preview} workspace={workspace} currency={currency} />
      )}
    </section>
  );
};

const PreviewWords = ({ preview, workspace, currency }: { preview: Preview; workspace: string; currency: string }) => (
  <>
    <p className="text-text-2">
      The condition holds for <b className="text-text">{counted(preview.holding, 'account')}</b> of {preview.accounts}
      {preview.holding > 0 && (
        <>
          , with <b className="text-text">{money(preview.stake, currency)}</b> at stake in 90 days
        </>
      )}
      . Saving fires for none of them: an alert opens when an account crosses the line.
    </p>
    {preview.examples.length > 0 && (
      <ul className="mt-2">
        {preview.examples.map(({ id, name, health, segment }) => (
          <li key={id} className="flex h-8 items-center gap-2 border-b border-line">
            <SegmentMark segment={segment} />
            <Link href={`/w/${workspace}/account/${id}`} className="door truncate">
              {name}
            </Link>
            <span className="ml-auto text-text-2 tabular-nums">{health === null ? '–' : Math.floor(health)}</span>
          </li>
        ))}
      </ul>
    )}
    {preview.holding > preview.examples.length && <p className="mt-1 text-12 text-text-3">The dearest {preview.examples.length} of them.</p>}
  </>
);
