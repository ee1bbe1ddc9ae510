'use client';
import type { Segment } from '@tideline/domain/segment';
import { useMemo } from 'react';
import type { Edit } from './edit.ts';
import { changed, compare, type Comparison, type Counted, judgeAll, type Prepared, segmentsUnder, shiftedPoints } from './prepare.ts';
import type { RuleEffects } from './rules-form.tsx';

export type WhatIf = { readonly comparison: Comparison; readonly segments: Readonly<Record<Segment, Counted>>; readonly effects: RuleEffects };

/** What a draft does to every account, against what is live. Worked out in the browser by the worker's own functions. */
const whatIf = (prepared: Prepared, live: Live, edit: Edit): WhatIf => {
  const judged = judgeAll(prepared, edit);
  const after = segmentsUnder(prepared, judged, edit);
  const without = (cap: 'quiet' | 'decline') => changed(judged, judgeAll(prepared, { ...edit, caps: { ...edit.caps, [cap]: !edit.caps[cap] } }));
  const { k } = prepared.relative;
  return {
    comparison: compare(prepared, live.judged, judged),
    segments: Object.fromEntries(
      Object.entries(live.segments).map(([segment, before]) => [segment, { before, after: after[segment as Segment] }]),
    ) as WhatIf['segments'],
    effects: { k, shifted: shiftedPoints(edit, k), quiet: without('quiet'), decline: without('decline') },
  };
};

type Live = { judged: ReturnType<typeof judgeAll>; segments: Record<Segment, number> };
const liveOf = (prepared: Prepared, published: Edit): Live => {
  const judged = judgeAll(prepared, published);
  return { judged, segments: segmentsUnder(prepared, judged, published) };
};

/** Null until the accounts are there. `edit` is the deferred one: each answer costs a pass over all accounts. */
export const useWhatIf = (prepared: Prepared | null, published: Edit, edit: Edit): WhatIf | null => {
  const live = useMemo(() => prepared && liveOf(prepared, published), [prepared, published]);
  return useMemo(() => prepared && live && whatIf(prepared, live, edit), [prepared, live, edit]);
};
