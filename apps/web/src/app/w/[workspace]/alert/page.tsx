import { AlertQuery } from '@tideline/contracts/alert';
import { operations } from '@tideline/contracts/operations';
import { TaskQuery } from '@tideline/contracts/task';
import { memberNames } from '@tideline/db/read/member';
import { ownsAny } from '@tideline/db/read/triage-summary';
import { withWorkspace } from '@tideline/db/workspace';
import { may } from '@tideline/domain/role';
import { counts, page as alertPage } from '@tideline/engine/alert-inbox';
import { list as listRules } from '@tideline/engine/alert-rule';
import type { Deps, Who } from '@tideline/engine/deps';
import { page as taskPage } from '@tideline/engine/task';
import { todayIn } from '@tideline/engine/today';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { composed } from '../../../../composed.ts';
import { readerOf } from '../../../../lib/reader.ts';
import { whoIs } from '../../../../lib/who.ts';
import { alertQuery, countQuery, inboxParsers, keyOf, taskQuery, type DefaultOwner, type InboxAddress } from './address.ts';
import { Inbox } from './inbox.tsx';

export const metadata: Metadata = { title: 'Alerts and tasks' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };
const readAddress = createLoader(inboxParsers);
/** As it crosses the wire: instants are text. */
const wired = (reply: unknown): unknown => JSON.parse(JSON.stringify(reply));

/** The first page of the tab that is open. An address nobody can mean is read as none. */
const firstAnswer = async (deps: Deps, who: Who, address: InboxAddress, owner: DefaultOwner) => {
  if (address.tab === 'alerts') {
    const asked = alertQuery(address, owner);
    const query = AlertQuery.safeParse(asked).data ?? AlertQuery.parse({});
    return { alerts: { key: keyOf(asked), page: operations.listAlerts.reply.parse(wired(await alertPage(deps, who, query))) }, tasks: null };
  }
  const asked = taskQuery(address, owner);
  const query = TaskQuery.safeParse(asked).data ?? TaskQuery.parse({});
  return { alerts: null, tasks: { key: keyOf(asked), page: operations.listTasks.reply.parse(wired(await taskPage(deps, who, query))) } };
};

export default async function AlertsAndTasks({ params, searchParams }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const userId = who.userId ?? '';
  const [address, { timezone, currency }, rules, known] = await Promise.all([
    readAddress(searchParams),
    settings(deps, who),
    listRules(deps, who),
    withWorkspace(deps.db, who.workspaceId, async (tx) => ({
      owns: await ownsAny(tx, userId),
      members: await memberNames(tx),
      today: await todayIn(tx, deps.now()),
    })),
  ]);
  // A CSM's work is their own; who owns nothing looks at everybody's.
  const defaultOwner = who.role === 'CSM' && known.owns ? 'me' : 'anyone';
  const counted = operations.countAlerts.query.safeParse(countQuery(address, defaultOwner)).data ?? {};
  const [first, byState, reader] = await Promise.all([firstAnswer(deps, who, address, defaultOwner), counts(deps, who, counted), readerOf(timezone)]);
  const members = [...known.members].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <Inbox
      scene={{
        workspace,
        reader: { ...reader, today: known.today },
        currency,
        me: { id: userId, name: who.actor },
        members,
        rules: rules.map(({ id, name }) => ({ id, name })),
        allowed: { alert: may(who.role, 'alert.write'), task: may(who.role, 'task.write') },
      }}
      defaultOwner={defaultOwner}
      {...first}
      counts={byState}
    />
  );
}
