'use client';
import { Archive, Ellipsis, Star, Square } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Confirm } from '../../../../../../ui/dialog.tsx';
import { IconButton } from '../../../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../../../ui/menu.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import type { Refill } from '../refill.ts';

type Props = {
  workspace: string;
  meter: { id: string; name: string; main: boolean; version: number; next: { version: number } | null };
  refill: Refill | undefined;
};

/** What each action does, said before it is done. */
const asked = {
  main: {
    title: (name: string) => `Make ${name} the main meter?`,
    body: 'Its quantity stands for usage wherever there is no money: trends, rhythm and sizes are read from it. Every account is judged anew; no alert fires because of that alone.',
    action: 'Make it main',
    danger: false,
  },
  archive: {
    title: (name: string) => `Archive ${name}?`,
    body: 'It measures and earns no more from now on. Its past days stay in charts and revenue. An archived meter cannot be brought back; a new one can count the same events again.',
    action: 'Archive',
    danger: true,
  },
} as const;
type Asked = keyof typeof asked;

export const MeterActions = ({ workspace, meter, refill }: Props) => {
  const router = useRouter();
  const [asking, ask] = useState<Asked | null>(null);
  const run = async (what: Asked | 'stop') => {
    const params = { id: meter.id };
    try {
      if (what === 'stop' && refill) {
        await api(workspace).call('stopRun', { params: { id: refill.id } });
        done(`Version ${meter.version} goes on measuring`);
      } else if (what === 'main') {
        await api(workspace).call('setMainMeter', { params });
        done(`${meter.name} is the main meter`);
      } else if (what === 'archive') {
        await api(workspace).call('archiveMeter', { params });
        done(`${meter.name} is archived`);
      }
    } catch (error) {
      failed(`${meter.name} is as it was.`, problemText(error));
    }
    router.refresh();
  };
  const words = asking && asked[asking];
  return (
    <>
      <Menu
        label={`Actions for ${meter.name}`}
        trigger={
          <IconButton label="Actions">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Star aria-hidden />} disabled={meter.main} onSelect={() => ask('main')}>
          {meter.main ? 'Is the main meter' : 'Make it the main meter'}
        </MenuItem>
        {refill && meter.next && (
          <MenuItem icon={<Square aria-hidden />} disabled={refill.stopping} onSelect={() => void run('stop')}>
            Stop counting version {meter.next.version}
          </MenuItem>
        )}
        <MenuRule />
        <MenuItem icon={<Archive aria-hidden />} danger disabled={meter.main} onSelect={() => ask('archive')}>
          {meter.main ? 'Archive (make another one main first)' : 'Archive'}
        </MenuItem>
      </Menu>
      <Confirm
        open={asking !== null}
        onOpenChange={(open) => !open && ask(null)}
        title={words?.title(meter.name) ?? ''}
        body={words?.body ?? ''}
        action={words?.action ?? ''}
        danger={words?.danger ?? false}
        onConfirm={async () => {
          if (asking) await run(asking);
        }}
      />
    </>
  );
};
