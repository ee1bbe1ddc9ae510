'use client';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import type { Reader } from '../../../../../ui/format.ts';
import { failed } from '../../../../../ui/toast.tsx';
import { RequestTable, type ShownRequest } from './request-table.tsx';
import { type ShownSource, SourceTable } from './source-table.tsx';

type Props = {
  workspace: string;
  only: string | null;
  limit: number;
  intake: { eventsPerMinute: number; items: readonly ShownSource[] };
  latest: readonly ShownRequest[];
  reader: Reader;
};

/** What sends, and its latest requests; follows what arrives until it is told to stand still. */
export const Debugger = ({ workspace, only, limit, intake, latest, reader }: Props) => {
  const [sources, setSources] = useState(intake.items);
  const [requests, setRequests] = useState(latest);
  const [following, follow] = useState(true);
  const read = async () => {
    try {
      const [all, last] = await Promise.all([
        api(workspace).call('listIntake', {}),
        api(workspace).call('listIntakeRequests', { query: { limit, ...(only === null ? {} : { key: only }) } }),
      ]);
      setSources(all.items);
      setRequests(last.items);
    } catch (error) {
      failed('The list stands as it was.', problemText(error));
    }
  };
  useLive(workspace, ['event'], () => following && void read(), 1_000);
  const toggle = (on: boolean) => {
    follow(on);
    if (on) void read();
  };
  return (
    <div className="flex flex-col gap-10 px-4 py-4 lg:px-6">
      <SourceTable workspace={workspace} sources={sources} only={only} limit={intake.eventsPerMinute} reader={reader} />
      <RequestTable
        workspace={workspace}
        requests={requests}
        name={only === null ? null : (sources.find(({ keyId }) => keyId === only)?.keyName ?? 'this key')}
        following={following}
        onFollow={toggle}
        names={new Map(sources.map(({ keyId, keyName }) => [keyId, keyName]))}
        reader={reader}
      />
    </div>
  );
};
