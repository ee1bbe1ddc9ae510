'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Confirm } from '../../../../../../ui/dialog.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import { isOver, type ImportView } from '../import-words.ts';

type Props = {
  workspace: string;
  one: ImportView;
  /** The address that leads back to the file with its mapping; null: the file has done its work and is gone. */
  again: string | null;
};

export const ImportActions = ({ workspace, one, again }: Props) => {
  const router = useRouter();
  const [stopping, askStop] = useState(false);
  const stop = async () => {
    try {
      await api(workspace).call('cancelImport', { params: { id: one.id } });
      done('The import stops');
    } catch (error) {
      failed('The import goes on.', problemText(error));
    }
    router.refresh();
  };
  return (
    <>
      {!isOver(one) && <Button onClick={() => askStop(true)}>Stop</Button>}
      {isOver(one) && again && (
        <Button look={one.dryRun ? 'primary' : 'secondary'} asChild>
          <Link href={`/w/${workspace}/settings/data/import?${again}`}>{one.dryRun ? 'Go on to import it' : 'Try it again'}</Link>
        </Button>
      )}
      <Confirm
        open={stopping}
        onOpenChange={askStop}
        title="Stop the import?"
        body={one.dryRun ? 'Nothing of it was stored.' : 'What was taken in so far stays. The same file can be imported again and adds only the rest.'}
        action="Stop it"
        onConfirm={stop}
      />
    </>
  );
};
