'use client';
import { afterAlertMove, type AlertMove } from '@tideline/domain/alert';
import { AlarmClock, CheckCheck, Clock, Eye, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { api } from '../../../../lib/api.ts';
import { SnoozeDialog, type Snooze } from '../../../../lib/snooze-dialog.tsx';
import { hrefOf } from '../../../../shell/screens.ts';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/format.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { useLatest } from '../../../../ui/use-latest.ts';
import type { AlertItem, InboxAddress, SetAddress } from './address.ts';
import { alertActs, type AlertGiven } from './alert-acts.ts';
import { AlertRow } from './alert-row.tsx';
import { AskWords } from './ask-words.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ListFrame } from './list-frame.tsx';
import { ChosenBar, type Action } from './row-parts.tsx';
import { useScene } from './scene.ts';
import { useActs, type Act } from './use-acts.ts';
import type { List } from './use-list.ts';
import { toggled, useRows } from './use-rows.ts';

type Asking = { kind: 'snooze' | 'resolve' | 'assign'; ids: string[] };
type AlertsProps = { address: InboxAddress; set: SetAddress; list: List<AlertItem>; isMine: boolean; onChanged: () => void };

/** Whether an alert still belongs to what is shown. */
const belongs = ({ state }: InboxAddress, row: AlertItem): boolean => (state === 'active' ? row.state !== 'resolved' : row.state === state);

/** What can be done with alerts, by name: with the rows named at once, or after a question. */
const useAlertActs = ({ address, list, onChanged }: AlertsProps) => {
  const { workspace, reader } = useScene();
  const { act, undo } = useActs(onChanged);
  const client = useMemo(() => api(workspace), [workspace]);
  const given = (ids: readonly string[]): AlertGiven => ({
    client,
    reader,
    rows: list.held.items.filter(({ id }) => ids.includes(id)),
    show: (some, change) =>
      list.patch(some, (row) => {
        const next = change(row);
        return belongs(address, next) ? next : null;
      }),
  });
  return { act, undo, given };
};

type Kind = 'acknowledge' | 'wake' | Asking['kind'];
type KindOf = { kind: Kind; label: string; hint?: string; icon: ReactNode; /** Offered where this move is open. */ move: AlertMove };

/** What may be done with alerts, as buttons and as keys. */
const kinds: readonly KindOf[] = [
  { kind: 'acknowledge', label: 'Acknowledge', hint: 'a', icon: <Eye aria-hidden />, move: 'acknowledge' },
  { kind: 'snooze', label: 'Snooze', hint: 's', icon: <Clock aria-hidden />, move: 'snooze' },
  { kind: 'wake', label: 'Open again', icon: <AlarmClock aria-hidden />, move: 'wake' },
  { kind: 'assign', label: 'Give to …', hint: 'w', icon: <UserRound aria-hidden />, move: 'resolve' },
  { kind: 'resolve', label: 'Resolve', hint: 'e', icon: <CheckCheck aria-hidden />, move: 'resolve' },
];

const useAlertActions = ({ act, given }: ReturnType<typeof useAlertActs>, ask: (asking: Asking) => void) => {
  const { allowed } = useScene();
  const run = (kind: Kind, ids: string[]) => {
    if (kind === 'acknowledge' || kind === 'wake') void act(alertActs[kind](given(ids)));
    else ask({ kind, ids });
  };
  const latest = useLatest(run);
  // Never another function: a row is drawn again when the row changes, not with every key and click.
  const actionsFor = useCallback(
    (some: readonly AlertItem[]): Action[] => {
      const ids = some.map(({ id }) => id);
      const open = kinds.filter(({ move }) => allowed.alert && some.some(({ state }) => afterAlertMove(state, move) !== null));
      return open.map(({ kind, label, hint, icon }) => ({ label, ...(hint ? { hint } : {}), icon, run: () => latest.current(kind, ids) }));
    },
    [allowed.alert, latest],
  );
  const keys = kinds.flatMap(({ kind, label, hint }) => (hint && allowed.alert ? [{ keys: hint, label, run: (ids: string[]) => run(kind, ids) }] : []));
  return { keys, actionsFor };
};

/** The alerts of the inbox. */
export const Alerts = (props: AlertsProps) => {
  const { address, set, list, isMine } = props;
  const { allowed } = useScene();
  const acts = useAlertActs(props);
  const [asking, ask] = useState<Asking | null>(null);
  const [opened, open] = useState<ReadonlySet<string>>(new Set());
  const { keys, actionsFor } = useAlertActions(acts, ask);
  const flip = useCallback((id: string) => open((before) => toggled(before, id)), []);
  const detailKey = { keys: 'd', label: 'Show or hide the evidence', run: (ids: string[]) => ids.forEach(flip) };
  const rows = useRows(list.held.items, [detailKey, ...keys], acts.undo, allowed.alert);
  const row = (one: AlertItem) => (
    <AlertRow
      key={one.id}
      row={one}
      isAt={rows.at === one.id}
      isPicked={rows.picked.has(one.id)}
      isOpen={opened.has(one.id)}
      actionsFor={actionsFor}
      onPick={rows.toggle}
      onOpen={flip}
    />
  );
  const answer = (act: Act) => {
    ask(null);
    rows.clear();
    void acts.act(act);
  };
  const empty = <Nothing address={address} set={set} isMine={isMine} />;
  return (
    <>
      <ListFrame label="Alerts" noun="alert" list={list} rows={rows} mayChoose={allowed.alert} empty={empty} row={row} />
      <ChosenBar count={rows.chosen.length} noun="alert" actions={actionsFor(rows.chosen)} onClear={rows.clear} />
      {asking && <Question asking={asking} given={acts.given(asking.ids)} onClose={() => ask(null)} onAct={answer} />}
    </>
  );
};

type QuestionProps = { asking: Asking; given: AlertGiven; onClose: () => void; onAct: (act: Act) => void };

const Question = ({ asking, given, onClose, onAct }: QuestionProps) => {
  const [only] = given.rows;
  const what = given.rows.length === 1 && only ? only.account.name : counted(given.rows.length, 'alert');
  if (asking.kind === 'snooze') {
    const snooze = (wanted: Snooze) => onAct(alertActs.snooze(given, wanted));
    return <SnoozeDialog what={what} description="Opens again on the morning of that day." reader={given.reader} onClose={onClose} onSnooze={snooze} />;
  }
  if (asking.kind === 'assign') return <AssignDialog what={what} onClose={onClose} onAssign={(person) => onAct(alertActs.assign(given, person))} />;
  return (
    <AskWords
      title={`Resolve ${what}`}
      description="It opens again only when the rule fires anew."
      label="What came of it"
      action="Resolve"
      onClose={onClose}
      onWords={(words) => onAct(alertActs.resolve(given, words))}
    />
  );
};

const Nothing = ({ address, set, isMine }: Pick<AlertsProps, 'address' | 'set' | 'isMine'>) => {
  const { workspace } = useScene();
  const calm = address.state === 'active' || address.state === 'open';
  const words = {
    active: 'No alerts.',
    open: 'No open alerts.',
    acknowledged: 'Nothing acknowledged.',
    snoozed: 'Nothing snoozed.',
    resolved: 'Nothing resolved yet.',
  };
  return (
    <EmptyState
      title={`${words[address.state]}${calm && !address.rule ? ' All quiet.' : ''}`}
      actions={
        <>
          {isMine && <Button onClick={() => set({ owner: 'anyone' }, { history: 'push' })}>Everyone’s alerts</Button>}
          {address.rule && <Button onClick={() => set({ rule: null }, { history: 'push' })}>Every rule</Button>}
          <Button asChild>
            <Link href={hrefOf(workspace, 'alertRules')}>Alert rules</Link>
          </Button>
        </>
      }
    >
      An alert opens here when an account meets one of your alert rules, with the figures that set it off.
    </EmptyState>
  );
};
