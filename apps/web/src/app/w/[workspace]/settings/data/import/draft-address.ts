import type { Draft } from './draft.ts';

/** The part of the address that leads back to a file and what was decided about it. */
export const addressOf = (file: { uploadId: string; fileName: string }, draft: Draft): string =>
  new URLSearchParams({ upload: file.uploadId, name: file.fileName, draft: JSON.stringify(draft) }).toString();
