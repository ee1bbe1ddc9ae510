'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import type { AccountBody } from '@tideline/contracts/account';
import { useRouter } from 'next/navigation';
import { useMemo, useRef } from 'react';
import type * as z from 'zod';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { useAnnounce } from '../../../../../shell/live-region.tsx';
import { bands } from '@tideline/domain/health';
import { sentiments, type Sentiment } from '@tideline/domain/sentiment';
import { shortDay, type Reader } from '../../../../../ui/format.ts';
import { done as toastDone, failed } from '../../../../../ui/toast.tsx';
import { useLatest } from '../../../../../ui/use-latest.ts';
import type { Snooze } from '../../../../../lib/snooze-dialog.tsx';
import { changes, type Change, type Given, type NewTask, type Person, type Touch } from '../../triage/changes.ts';

import type { Said } from './override-dialog.tsx';

type Account = AccountPages['Page'];
type Body = z.input<typeof AccountBody>;
export type Doing = Pick<Change, 'send' | 'said'> & { back?: () => Promise<unknown> };
type Options = { workspace: string; account: Account; me: Person; reader: Reader };

type TaskName = { id: string; title: string };
const movingTask = (client: ReturnType<typeof api>, { id, title }: TaskName, to: 'done' | 'reopen'): Doing => {
  const move = (way: 'done' | 'reopen') => client.call('moveTasks', { body: { move: way, ids: [id] } });
  return {
    send: () => move(to),
    back: () => move(to === 'done' ? 'reopen' : 'done'),
    said: to === 'done' ? `Task done: ${title}` : `Task open again: ${title}`,
  };
};

const saying = (client: ReturnType<typeof api>, { account, reader }: Pick<Options, 'account' | 'reader'>, { band, reason, until }: Said): Doing => ({
  send: () => client.call('setOverride', { params: { id: account.id }, body: { band, reason, until } }),
  back: () => client.call('endOverride', { params: { id: account.id } }),
  said: `Said: ${bands[band].label.toLowerCase()} until ${shortDay(until, reader)}`,
});

const feeling = (client: ReturnType<typeof api>, { account }: Pick<Options, 'account'>, sentiment: Sentiment): Doing => ({
  send: () => client.call('setSentiment', { params: { id: account.id }, body: { sentiment } }),
  said: `Noted: ${sentiments[sentiment].label.toLowerCase()}`,
});

/** What a person does with the account: sent, said, read anew, and taken back on undo. The same changes a row of triage knows. */
export const useActs = ({ workspace, ...options }: Options) => {
  const router = useRouter();
  const announce = useAnnounce();
  const latest = useLatest(options);
  const undoLast = useRef<(() => void) | null>(null);
  return useMemo(() => {
    const client = api(workspace);
    const given = (): Given => ({ client, reader: latest.current.reader, me: latest.current.me, rows: [latest.current.account], leaves: () => false });
    const ids = (): string[] => [latest.current.account.id];
    const attempt = async (run: () => Promise<unknown>, kept: string): Promise<boolean> => {
      try {
        await run();
        return true;
      } catch (error) {
        failed(problemText(error), kept);
        return false;
      } finally {
        router.refresh();
      }
    };
    const say = ({ said, back }: Omit<Doing, 'send'>): void => {
      const undo = async () => {
        undoLast.current = null;
        if (back && (await attempt(back, 'It could not be undone.'))) announce(`Undone: ${said}`);
      };
      undoLast.current = back ? () => void undo() : null;
      announce(said);
      toastDone(said, undoLast.current ?? undefined);
    };
    const apply = async (doing: Doing): Promise<void> => {
      if (await attempt(doing.send, 'Nothing was changed.')) say(doing);
    };
    const put = (body: Body) => client.call('putAccount', { params: { externalId: latest.current.account.externalId }, body });
    return {
      apply,
      told: say,
      undo: () => undoLast.current?.(),
      done: () => void apply(changes.done(given(), ids())),
      undoDone: () => void apply(changes.undoDone(given(), ids())),
      snooze: (snooze: Snooze) => void apply(changes.snooze(given(), ids(), snooze)),
      wake: () => void apply(changes.wake(given(), ids())),
      touch: (touch: Touch) => void apply(changes.touch(given(), ids(), touch)),
      takeBack: (id: string) => void apply({ send: () => client.call('removeTouch', { params: { id } }), said: 'Taken back' }),
      feel: (sentiment: Sentiment) => void apply(feeling(client, latest.current, sentiment)),
      say: (said: Said) => void apply(saying(client, latest.current, said)),
      unsay: () => void apply({ send: () => client.call('endOverride', { params: { id: latest.current.account.id } }), said: 'Taken back' }),
      task: (task: NewTask) => void apply(changes.task(given(), ids(), task)),
      moveTask: (task: TaskName, to: 'done' | 'reopen') => apply(movingTask(client, task, to)),
      assign: (owner: Person | null) => void apply(changes.assign(given(), ids(), owner)),
      /** Throws what is refused, for the form to show. */
      edit: async (body: Body, before: Body): Promise<void> => {
        await put(body);
        router.refresh();
        say({ back: () => put(before), said: `${body.name ?? latest.current.account.name} saved` });
      },
    };
  }, [workspace, router, announce, latest]);
};
export type Acts = ReturnType<typeof useActs>;
