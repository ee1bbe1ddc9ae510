'use client';
import type { CustomSignals } from '@tideline/contracts/custom-signal';
import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { done, failed } from '../../../../ui/toast.tsx';
import { CustomSignalDialog, type MeterChoice } from './custom-signal-dialog.tsx';

type Signal = CustomSignals['Item'];

/** Signals of the workspace's own: a meter over some days, or a number among the fields of an account. */
export const CustomSignalsList = ({ workspace, keys }: { workspace: string; /** Changes when one comes or goes. */ keys: string }) => {
  const client = api(workspace);
  const [signals, setSignals] = useState<readonly Signal[]>([]);
  const [meters, setMeters] = useState<readonly MeterChoice[] | null>(null);
  useEffect(() => {
    let gone = false;
    api(workspace)
      .call('listCustomSignals')
      .then(({ items }) => !gone && setSignals(items))
      .catch((error: unknown) => failed('Your own signals could not be read.', problemText(error)));
    return () => {
      gone = true;
    };
  }, [workspace, keys]);
  const add = async () => {
    try {
      const { items } = await client.call('listMeters');
      setMeters(items.filter(({ archived }) => !archived).map(({ id, name, unit }) => ({ id, name, unit })));
    } catch (error) {
      failed('The meters could not be read.', problemText(error));
    }
  };
  const remove = async ({ id, name }: Signal) => {
    try {
      await client.call('archiveCustomSignal', { params: { id } });
      setSignals((before) => before.filter((one) => one.id !== id));
      done(`${name} is gone`);
    } catch (error) {
      failed(problemText(error), 'It stays.');
    }
  };
  return (
    <div className="mt-2">
      <ul>
        {signals.map((signal) => (
          <li key={signal.id} className="flex min-h-8 items-center gap-2 text-12 text-text-3">
            <span className="mr-auto min-w-0">
              {signal.name}: {signal.zeroAt} scores 0, {signal.fullAt} scores 100; known of {counted(signal.accounts, 'account', 'accounts')}
            </span>
            <IconButton label={`Take ${signal.name} away`} onClick={() => void remove(signal)}>
              <Trash2 aria-hidden className="size-3.5" />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button look="ghost" size="sm" className="-ml-2" icon={<Plus aria-hidden />} onClick={() => void add()}>
        Signal of your own
      </Button>
      {meters && (
        <CustomSignalDialog
          meters={meters}
          onClose={() => setMeters(null)}
          onCreate={async (body) => {
            const made = await client.call('createCustomSignal', { body });
            setSignals((before) => [...before, made]);
            done(`${made.name} can be given points`);
          }}
        />
      )}
    </div>
  );
};
