import { faultWords } from '@tideline/domain/data-fault';
import { announce } from '@tideline/db/live';
import { faultsToTell, type FaultRow } from '@tideline/db/read/data-fault';
import { members } from '@tideline/db/read/member';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { noteTold } from '@tideline/db/write/data-fault';
import { owe, type Fact } from '@tideline/db/write/notify';
import type { Deps } from './deps.ts';
import { factOf } from './fact.ts';

/**
 * Tells admins by mail, webhooks by message and open pages of faults that began or ended and were not told yet. They are marked
 * before the mail is sent: one that does not go out is logged, and the screen says it all the same.
 */
export const tellFaults = async (deps: Deps, workspaceId: string): Promise<void> => {
  const now = deps.now();
  const { faults, admins, owed, workspace } = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const untold = await faultsToTell(tx);
    if (untold.length === 0) return { faults: [], admins: [], owed: 0, workspace: null };
    await noteTold(tx, untold, now);
    const people = (await members(tx)).filter(({ role }) => role === 'ADMIN');
    return {
      faults: untold,
      admins: people,
      owed: await owe(
        tx,
        untold.map((fault) => messageOf(fault, now)),
        now,
      ),
      workspace: await workspaceSettings(tx),
    };
  });
  if (!workspace) return;
  await announce(deps.db, { workspaceId, kind: 'day' });
  if (owed > 0) await deps.jobs.enqueue('notify.send', { workspaceId });
  for (const fault of faults.filter(({ endedAt }) => endedAt === null)) {
    const { title, evidence, held } = faultWords(fault);
    const text = `${title}.\n\n${evidence}. ${held}, and nobody is called silent. This ends by itself when usage arrives.\n\nIf it is real, say so here: ${deps.baseUrl}/w/${workspace.slug}/settings/data#faults\n`;
    for (const { email } of admins) {
      await deps.mail({ to: email, subject: `${workspace.name}: ${title.toLowerCase()}`, text }).catch((error: unknown) => {
        deps.log.error({ err: error, workspaceId }, 'could not tell an admin of a data fault');
      });
    }
  }
};

const messageOf = (fault: FaultRow, at: Date): Fact => {
  const { id, scope, name, since, through, active, usual, accounts, endedAt, endedAs } = fault;
  const data = { id, scope, name, since, through, active, usual, accounts, sentence: faultWords(fault).title, endedAs };
  return endedAt === null ? factOf('data.fault', id, at, data) : factOf('data.fault', id, at, data, 'data.fault.ended');
};
