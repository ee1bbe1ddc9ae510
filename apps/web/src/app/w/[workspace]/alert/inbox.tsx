'use client';
import { Plus } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';
import { useAnnounce } from '../../../../shell/live-region.tsx';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/format.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { failed } from '../../../../ui/toast.tsx';
import { useLatest } from '../../../../ui/use-latest.ts';
import { useOpenWork } from '../open-work.ts';
import {
  alertQuery,
  countQuery,
  inboxParsers,
  keyOf,
  taskQuery,
  writeAddress,
  type AlertItem,
  type DefaultOwner,
  type InboxAddress,
  type SetAddress,
  type TaskItem,
} from './address.ts';
import { Alerts } from './alerts.tsx';
import { AlertFilters, TaskFilters, type Counts } from './filters.tsx';
import { SceneProvider, type Scene } from './scene.ts';
import { Tasks, type TaskAsking } from './tasks.tsx';
import type { Held } from './list-state.ts';
import { useList, type Initial } from './use-list.ts';
import { isWorkedIn } from './use-rows.ts';

export type InboxProps = {
  scene: Scene;
  defaultOwner: DefaultOwner;
  alerts: Initial<AlertItem>;
  tasks: Initial<TaskItem>;
  counts: Counts;
};

/** The counts over the filters, read anew when the filters change or an alert does. */
const useCounts = (workspace: string, address: InboxAddress, defaultOwner: DefaultOwner, first: Counts) => {
  const query = useMemo(() => countQuery(address, defaultOwner), [address, defaultOwner]);
  const key = keyOf(query);
  const [counts, hold] = useState(first);
  const latest = useLatest(query);
  const turn = useRef(0);
  const recount = useCallback(async () => {
    const mine = ++turn.current;
    try {
      const next = await api(workspace).call('countAlerts', { query: latest.current });
      if (mine === turn.current) hold(next);
    } catch (error) {
      failed(problemText(error), 'The counts are from before.');
    }
  }, [workspace, latest]);
  const asked = useRef(key);
  useEffect(() => {
    if (asked.current === key) return;
    asked.current = key;
    void recount();
  }, [key, recount]);
  return { counts, recount };
};

const useLists = ({ scene: { workspace }, defaultOwner, alerts, tasks }: InboxProps, address: InboxAddress) => {
  const client = useMemo(() => api(workspace), [workspace]);
  const isAlerts = address.tab === 'alerts';
  const [asked, due] = [alertQuery(address, defaultOwner), taskQuery(address, defaultOwner)];
  // The tab that is not shown keeps its question: it is read when it is looked at.
  const [alertKey, taskKey] = [useKept(keyOf(asked), isAlerts, alerts?.key), useKept(keyOf(due), !isAlerts, tasks?.key)];
  return {
    alerts: useList<AlertItem>(alertKey, (part) => client.call('listAlerts', { query: { ...asked, ...part } }), alerts),
    tasks: useList<TaskItem>(taskKey, (part) => client.call('listTasks', { query: { ...due, ...part } }), tasks),
  };
};

/** The latest key seen while it counted; the empty one is never asked. */
const useKept = (key: string, counts: boolean, first = ''): string => {
  const [kept, keep] = useState(counts ? key : first);
  if (counts && kept !== key) keep(key);
  return counts ? key : kept;
};

/** Says what came in while the list is open. */
const useSaid = ({ came, items }: Held<{ id: string }>, noun: string): void => {
  const announce = useAnnounce();
  useEffect(() => {
    // The rows are what tells two readings with as many new ones apart.
    if (came > 0 && items.length > 0) announce(counted(came, `new ${noun}`));
  }, [came, items, noun, announce]);
};

type InboxTabsProps = { workspace: string; address: InboxAddress; set: SetAddress; open: { alerts: number; tasks: number } };

const InboxTabs = ({ workspace, address, set, open }: InboxTabsProps) => {
  const tab = (name: InboxAddress['tab']) => ({
    href: `/w/${workspace}/alert${writeAddress({ ...address, tab: name })}`,
    current: address.tab === name,
    count: open[name],
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      set({ tab: name }, { history: 'push' });
    },
  });
  return (
    <Tabs
      label="Inbox"
      className="px-4"
      tabs={[
        { ...tab('alerts'), label: 'Alerts' },
        { ...tab('tasks'), label: 'Tasks' },
      ]}
    />
  );
};

/** Alerts and tasks: what fired, what is to be done about it, what came of it. */
export const Inbox = (props: InboxProps) => {
  const { scene, defaultOwner } = props;
  const { tasks: openTasks } = useOpenWork();
  const { workspace, allowed } = scene;
  const [address, write] = useQueryStates(inboxParsers, { shallow: true, history: 'replace' });
  const set = useCallback<SetAddress>((change, options) => void write(change, options), [write]);
  const [asking, ask] = useState<TaskAsking | null>(null);
  const { alerts, tasks } = useLists(props, address);
  const { counts, recount } = useCounts(workspace, address, defaultOwner, props.counts);
  const isAlerts = address.tab === 'alerts';
  const shown = isAlerts ? alerts : tasks;
  useSaid(shown.held, isAlerts ? 'alert' : 'task');
  useLive(workspace, ['alert', 'task'], (messages) => {
    // The tab behind has been read when it has a question; it keeps up too.
    for (const list of [alerts, tasks]) if (list.held.key !== '') void list.load(isWorkedIn() ? 'held' : 'live');
    if (messages.some(({ kind }) => kind === 'alert')) void recount();
  });
  const changed = () => {
    void shown.load('own');
    void recount();
  };
  const isMine = (address.owner ?? defaultOwner) === 'me';
  const newTask = () => {
    set({ tab: 'tasks' }, { history: 'push' });
    ask({ kind: 'new', ids: [] });
  };
  const parts = { address, set, isMine, onChanged: changed };
  return (
    <SceneProvider value={scene}>
      <PageHeader
        title="Alerts and tasks"
        className="lg:px-4"
        actions={
          allowed.task && (
            <Button icon={<Plus aria-hidden />} {...(isAlerts ? {} : { hint: 'n' })} onClick={newTask}>
              New task
            </Button>
          )
        }
      />
      <InboxTabs workspace={workspace} address={address} set={set} open={{ alerts: counts.open, tasks: openTasks }} />
      {isAlerts ? (
        <AlertFilters address={address} set={set} defaultOwner={defaultOwner} counts={counts} />
      ) : (
        <TaskFilters address={address} set={set} defaultOwner={defaultOwner} />
      )}
      {isAlerts ? <Alerts {...parts} list={alerts} /> : <Tasks {...parts} list={tasks} asking={asking} ask={ask} />}
    </SceneProvider>
  );
};
