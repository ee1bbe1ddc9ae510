'use client';
import { dayOf } from '@tideline/domain/calendar';
import { Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { exactMoment, moment, nearDay, shortDay, type Reader } from '../../../../../ui/format.ts';
import { Menu, MenuItem } from '../../../../../ui/menu.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import { ChangeDialog, RotateDialog } from './key-dialogs.tsx';

export type Key = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  sourceAddresses: string[];
  eventsPerMinute: number | null;
  rotatedTo: string | null;
};
type Props = { workspace: string; keys: readonly Key[]; now: Date; reader: Reader };

/** Why a key no longer works; null while it does. */
const ended = (key: Key, now: Date): 'revoked' | 'expired' | null => {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && key.expiresAt <= now ? 'expired' : null;
};

export const KeyTable = ({ workspace, keys, now, reader }: Props) => {
  const router = useRouter();
  const [revoking, askRevoke] = useState<Key | null>(null);
  const [open, setOpen] = useState<{ what: 'rotate' | 'change'; key: Key } | null>(null);
  const revoke = async (key: Key) => {
    try {
      await api(workspace).call('revokeApiKey', { params: { id: key.id } });
      done(`${key.name} is revoked`);
    } catch (error) {
      failed(`${key.name} still works.`, problemText(error));
    }
    router.refresh();
  };
  return (
    <>
      <Table caption="API keys">
        <Thead>
          <tr>
            <Th>Name</Th>
            <Th>Key</Th>
            <Th className="max-sm:hidden">May</Th>
            <Th right className="max-sm:hidden">
              Created
            </Th>
            <Th right>Expires</Th>
            <Th right>Last used</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {keys.map((key) => (
            <KeyLine
              key={key.id}
              apiKey={key}
              now={now}
              reader={reader}
              onAct={(what, one) => (what === 'revoke' ? askRevoke(one) : setOpen({ what, key: one }))}
            />
          ))}
        </Tbody>
      </Table>
      {open?.what === 'rotate' && <RotateDialog workspace={workspace} apiKey={open.key} onClose={() => setOpen(null)} />}
      {open?.what === 'change' && <ChangeDialog workspace={workspace} apiKey={open.key} onClose={() => setOpen(null)} />}
      <Confirm
        open={revoking !== null}
        onOpenChange={(open) => !open && askRevoke(null)}
        title={`Revoke ${revoking?.name ?? ''}?`}
        body="Whatever sends with this key is refused within a second. It cannot be taken back; make a new key instead."
        action="Revoke"
        danger
        onConfirm={async () => {
          if (revoking) await revoke(revoking);
        }}
      />
    </>
  );
};

type LineProps = Pick<Props, 'now' | 'reader'> & { apiKey: Key; onAct: (what: 'rotate' | 'change' | 'revoke', key: Key) => void };

/** Where it may be used from and how much it may send, where that is held to less than everything. */
const rules = ({ sourceAddresses, eventsPerMinute }: Key): string =>
  [
    sourceAddresses.length > 0
      ? `from ${sourceAddresses.slice(0, 2).join(', ')}${sourceAddresses.length > 2 ? ` and ${sourceAddresses.length - 2} more` : ''}`
      : '',
    eventsPerMinute === null ? '' : `${eventsPerMinute.toLocaleString('en')} events a minute`,
  ]
    .filter(Boolean)
    .join(' · ');

const KeyLine = ({ apiKey, now, reader, onAct }: LineProps) => {
  const end = ended(apiKey, now);
  const expires = apiKey.expiresAt ? nearDay(dayOf(apiKey.expiresAt, reader.timeZone), reader) : 'never';
  return (
    <Tr className={end ? 'text-text-3' : ''}>
      <RowHead className="py-2 font-medium">
        {apiKey.name}
        {rules(apiKey) && (
          <span className="block max-w-80 truncate text-12 font-normal text-text-3" title={apiKey.sourceAddresses.join(', ')}>
            {rules(apiKey)}
          </span>
        )}
        {!end && apiKey.rotatedTo && <span className="block text-12 font-normal text-watch-text">rotated: its successor works already</span>}
      </RowHead>
      <Td className="font-mono text-12">{apiKey.prefix}</Td>
      <Td quiet className="max-sm:hidden">
        {apiKey.scopes.join(', ')}
      </Td>
      <Td right quiet className="max-sm:hidden" title={exactMoment(apiKey.createdAt, reader)}>
        {shortDay(dayOf(apiKey.createdAt, reader.timeZone), reader)}
      </Td>
      <Td right quiet {...(apiKey.expiresAt ? { title: exactMoment(apiKey.expiresAt, reader) } : {})}>
        {end ?? expires}
      </Td>
      <Td right quiet {...(apiKey.lastUsedAt ? { title: exactMoment(apiKey.lastUsedAt, reader) } : {})}>
        {apiKey.lastUsedAt ? moment(apiKey.lastUsedAt, reader) : 'never'}
      </Td>
      <Td className="w-0 text-right">
        {!end && (
          <Menu
            label={`Actions for ${apiKey.name}`}
            trigger={
              <button
                type="button"
                aria-label={`Actions for ${apiKey.name}`}
                className="moves inline-grid size-control place-items-center rounded-2 text-text-2"
              >
                <Ellipsis aria-hidden />
              </button>
            }
          >
            <MenuItem onSelect={() => onAct('change', apiKey)}>Change</MenuItem>
            <MenuItem onSelect={() => onAct('rotate', apiKey)} disabled={apiKey.rotatedTo !== null}>
              Rotate
            </MenuItem>
            <MenuItem onSelect={() => onAct('revoke', apiKey)} danger>
              Revoke
            </MenuItem>
          </Menu>
        )}
      </Td>
    </Tr>
  );
};
