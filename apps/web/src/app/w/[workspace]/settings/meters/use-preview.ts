'use client';
import type { GotOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import { meterProblems, type MeterDefinition } from '@tideline/domain/meter';
import { useEffect, useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { ApiProblem } from '../../../../../lib/request.ts';
import { sentDefinition } from './meter-shape.ts';

export type MeterPreview = GotOf<Operations['previewMeter']>;
type Shown = { asked: string; preview: MeterPreview | null; problem: string | null };
export type Asking = {
  /** Of the definition, or still of the one before it. */ preview: MeterPreview | null;
  problem: string | null;
  state: 'incomplete' | 'asking' | 'shown';
};

const PAUSE_MS = 400;

/** What a definition would have counted: asked a moment after the last change, given up when the next one comes. */
export const usePreview = (workspace: string, definition: MeterDefinition, meterId: string | undefined): Asking => {
  const [shown, show] = useState<Shown | null>(null);
  // Only what is measured is asked for: the unit changes no figure.
  const complete = meterProblems({ ...definition, unit: 'units' }).length === 0;
  const asked = complete ? JSON.stringify({ ...sentDefinition(definition), ...(meterId === undefined ? {} : { meterId }) }) : null;
  useEffect(() => {
    if (asked === null) return undefined;
    const ending = new AbortController();
    const ask = async () => {
      try {
        const body = JSON.parse(asked) as ReturnType<typeof sentDefinition>;
        show({ asked, preview: await api(workspace).call('previewMeter', { body, signal: ending.signal }), problem: null });
      } catch (error) {
        if (ending.signal.aborted) return;
        if (!(error instanceof ApiProblem)) throw error;
        show({ asked, preview: null, problem: error.message });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [asked, workspace]);
  const state = asked === null ? 'incomplete' : shown?.asked === asked ? 'shown' : 'asking';
  return { preview: shown?.preview ?? null, problem: shown?.problem ?? null, state };
};
