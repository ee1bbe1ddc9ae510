import { FILE_TYPES } from '@tideline/contracts/import';
import type { GotOf } from '@tideline/contracts/operation';
import { operations, type Operations } from '@tideline/contracts/operations';
import { api } from './api.ts';
import { ApiProblem, unreachable, writtenProblem } from './request.ts';

export type Uploaded = GotOf<Operations['uploadImport']>;
export type Upload = { done: Promise<Uploaded>; stop: () => void };

/** Spreadsheet programs leave their own type on a CSV file; as bytes it is taken all the same. */
const typeOf = (file: File): string => ((FILE_TYPES as readonly string[]).includes(file.type) ? file.type : 'application/octet-stream');

/**
 * Sends a file as it is, and tells how much of it is sent (0 to 1), which `fetch` cannot. The file is read from disk in
 * pieces, so its size is not memory. `done` rejects with `ApiProblem`, and with `AbortError` after `stop`.
 */
export const upload = (workspace: string, file: File, onProgress: (share: number) => void): Upload => {
  const sending = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    sending.open('POST', api(workspace).href('uploadImport', { query: { fileName: file.name.slice(0, 200) }, file }));
    sending.setRequestHeader('content-type', typeOf(file));
    sending.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    sending.addEventListener('error', () => reject(unreachable()));
    sending.addEventListener('abort', () => reject(new DOMException('The upload was stopped', 'AbortError')));
    sending.addEventListener('load', () => {
      if (sending.status < 400) return resolve(operations.uploadImport.reply.parse(JSON.parse(sending.responseText)));
      const isProblem = sending.getResponseHeader('content-type')?.includes('application/problem+json') ?? false;
      return reject(
        isProblem
          ? writtenProblem(sending.status, sending.responseText)
          : new ApiProblem('unavailable', sending.status, `The server answered ${sending.status}.`),
      );
    });
    sending.send(file);
  });
  return { done, stop: () => sending.abort() };
};
