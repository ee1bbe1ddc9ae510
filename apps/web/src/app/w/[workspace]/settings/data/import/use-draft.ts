'use client';
import { parseAsJson, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { Uploaded } from '../../../../../../lib/upload.ts';
import { Draft } from './draft.ts';
import { guessDraft } from './guess.ts';

const keys = { upload: parseAsString, name: parseAsString, draft: parseAsJson((value: unknown) => Draft.safeParse(value).data ?? null) };

/**
 * What has been decided about the file, kept in the address: a reload, the back button and a colleague find it as it
 * was. What nobody touched yet is guessed from the file.
 */
export const useDraft = (file: Uploaded | null, timeZone: string) => {
  const [{ draft: kept }, setAddress] = useQueryStates(keys, { history: 'replace', shallow: true });
  const guessed = useMemo(() => (file ? guessDraft(file, file.fileName, timeZone) : null), [file, timeZone]);
  const draft = kept ?? guessed;
  return {
    draft,
    change: (next: Draft) => void setAddress({ draft: next }),
    /** Another file, or none: what was decided about the one before goes. */
    choose: (next: Uploaded | null) => void setAddress({ upload: next?.uploadId ?? null, name: next?.fileName ?? null, draft: null }),
  };
};
