'use client';
import { FileUp } from 'lucide-react';
import { useEffect, useId, useRef, useState, type DragEvent } from 'react';
import { problemText } from '../../../../../../lib/request.ts';
import { upload, type Upload, type Uploaded } from '../../../../../../lib/upload.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { cx } from '../../../../../../ui/cx.ts';
import { ErrorState } from '../../../../../../ui/error-state.tsx';
import { Progress } from '../../../../../../ui/progress.tsx';
import { sizeWords } from './size-words.ts';

type Sending = { file: File; share: number };

/** Takes a file by choice or by dropping it, and sends it with progress. */
export const DropFile = ({ workspace, onUploaded }: { workspace: string; onUploaded: (file: Uploaded) => void }) => {
  const [sending, setSending] = useState<Sending | null>(null);
  const [refused, refuse] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const running = useRef<Upload | null>(null);
  useEffect(() => () => running.current?.stop(), []);

  const send = async (file: File) => {
    refuse(null);
    setSending({ file, share: 0 });
    const started = upload(workspace, file, (share) => setSending({ file, share }));
    running.current = started;
    try {
      onUploaded(await started.done);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) refuse(problemText(error));
    }
    running.current = null;
    setSending(null);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !sending) void send(file);
  };
  return (
    <>
      {refused && <ErrorState title="The file was not taken.">{refused}</ErrorState>}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx('moves rounded-3 border border-dashed border-line-control px-6 py-10', over && 'border-accent bg-bg-selected')}
      >
        {sending ? <SendingLine sending={sending} onStop={() => running.current?.stop()} /> : <Chooser onFile={(file) => void send(file)} />}
      </div>
    </>
  );
};

const Chooser = ({ onFile }: { onFile: (file: File) => void }) => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col items-start gap-3">
      <FileUp aria-hidden className="text-text-3" />
      <div>
        <p className="font-semibold">Drop a CSV file here, or choose one.</p>
        <p className="max-w-[56ch] text-text-2">
          Usage, accounts, contacts, tickets, touches, contracts or invoices: what the rows are is read from the columns, and you can change it. With a header
          in its first row; comma, semicolon, tab or bar between columns; packed with gzip or not. It may have millions of rows: it is read in pieces.
        </p>
      </div>
      <input
        ref={input}
        id={id}
        type="file"
        aria-label="CSV file"
        accept=".csv,.tsv,.txt,.gz,text/csv,text/plain,application/gzip"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      <Button look="primary" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </div>
  );
};

const SendingLine = ({ sending: { file, share }, onStop }: { sending: Sending; onStop: () => void }) => (
  <div className="flex flex-wrap items-center gap-4">
    <span className="min-w-0">
      <span className="block truncate font-semibold">{file.name}</span>
      <span className="block text-12 text-text-3">{sizeWords(file.size)}</span>
    </span>
    <Progress label={`Sending ${file.name}`} done={Math.round(share * 1000)} total={1000}>
      {share >= 1 ? 'looking into it' : undefined}
    </Progress>
    <Button size="sm" className="ml-auto" onClick={onStop}>
      Stop
    </Button>
  </div>
);
