'use client';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { failed } from '../../../../../ui/toast.tsx';

/** Asks a backtest to stop; it ends after its present step, and the screen hears of it. */
export const useStop = (workspace: string) => {
  const [stopping, setStopping] = useState<ReadonlySet<string>>(new Set());
  const stop = async (id: string) => {
    setStopping((before) => new Set([...before, id]));
    try {
      await api(workspace).call('stopBacktest', { params: { id } });
    } catch (error) {
      failed(problemText(error));
      setStopping((before) => new Set([...before].filter((one) => one !== id)));
    }
  };
  return { stop, isStopping: (id: string) => stopping.has(id) };
};
