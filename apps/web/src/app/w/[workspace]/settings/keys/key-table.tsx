'use client';
import { dayOf } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Confirm } from '../../../../../ui/dialog.tsx';
import { exactMoment, moment, nearDay, shortDay, type Reader } from '../../../../../ui/format.ts';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';

type Key = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
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
            <KeyLine key={key.id} apiKey={key} now={now} reader={reader} onRevoke={askRevoke} />
          ))}
        </Tbody>
      </Table>
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

type LineProps = Pick<Props, 'now' | 'reader'> & { apiKey: Key; onRevoke: (key: Key) => void };

const KeyLine = ({ apiKey, now, reader, onRevoke }: LineProps) => {
  const end = ended(apiKey, now);
  const expires = apiKey.expiresAt ? nearDay(dayOf(apiKey.expiresAt, reader.timeZone), reader) : 'never';
  return (
    <Tr className={end ? 'text-text-3' : ''}>
      <RowHead className="font-medium">{apiKey.name}</RowHead>
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
          <Button size="sm" look="ghost" onClick={() => onRevoke(apiKey)}>
            Revoke
          </Button>
        )}
      </Td>
    </Tr>
  );
};
