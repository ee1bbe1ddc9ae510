'use client';
import { Ellipsis, Pause, Pencil, Play, RefreshCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../../lib/api.ts';
import { problemText } from '../../../../../../../lib/request.ts';
import { Button } from '../../../../../../../ui/button.tsx';
import { Confirm } from '../../../../../../../ui/dialog.tsx';
import { IconButton } from '../../../../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../../../../ui/menu.tsx';
import { done, failed } from '../../../../../../../ui/toast.tsx';
import type { SourceView } from '../source-words.ts';

export const SourceActions = ({ workspace, source }: { workspace: string; source: SourceView }) => {
  const router = useRouter();
  const [deleting, askDelete] = useState(false);
  const params = { id: source.id };
  const paused = source.state === 'paused';
  const base = `/w/${workspace}/settings/data`;
  /** Runs a call and says what came of it; `kept` is what is still true when it is refused. */
  const run = async (call: () => Promise<unknown>, words: string, kept: string) => {
    try {
      await call();
      done(words);
    } catch (error) {
      failed(kept, problemText(error));
    }
    router.refresh();
  };
  const pull = () => run(() => api(workspace).call('pullSource', { params }), 'It is read now', 'It is read when it is due.');
  const pause = () =>
    run(
      () => api(workspace).call('pauseSource', { params, body: { paused: !paused } }),
      paused ? 'It goes on where it stopped' : 'It is paused',
      'The source is as it was.',
    );
  const remove = async () => {
    try {
      await api(workspace).call('deleteSource', { params });
      done('The source is deleted');
      router.push(base);
    } catch (error) {
      failed('The source is still there.', problemText(error));
    }
  };
  return (
    <>
      {paused ? (
        <Button icon={<Play aria-hidden />} onClick={() => void pause()}>
          Go on
        </Button>
      ) : (
        <Button icon={<RefreshCw aria-hidden />} disabled={source.state === 'reading'} onClick={() => void pull()}>
          Read now
        </Button>
      )}
      <Menu
        label="Actions for the source"
        trigger={
          <IconButton label="More">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => router.push(`${base}/source/setup?source=${source.id}`)}>
          Change
        </MenuItem>
        {!paused && (
          <MenuItem icon={<Pause aria-hidden />} onSelect={() => void pause()}>
            Pause
          </MenuItem>
        )}
        <MenuRule />
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => askDelete(true)}>
          Delete
        </MenuItem>
      </Menu>
      <Confirm
        open={deleting}
        onOpenChange={askDelete}
        title="Delete this source?"
        body="It is read no more, and its connection is forgotten. What it stored stays. Paused instead, it can go on where it stopped."
        action="Delete"
        danger
        onConfirm={remove}
      />
    </>
  );
};
