import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { sentimentOperations } from '@tideline/contracts/sentiment';
import { accountById } from '@tideline/db/read/account-page';
import { lastSentiment } from '@tideline/db/read/sentiment';
import { withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { addSentiment } from '@tideline/db/write/sentiment';
import type { Deps, Who } from './deps.ts';
import { noteOthers } from './other-signal.ts';
import { tellStated } from './stated.ts';
import { todayIn } from './today.ts';

/** Says how an account is doing; what was said before stays in its past. */
export const set = async (deps: Deps, who: Who, id: string, { sentiment, note }: BodyOf<(typeof sentimentOperations)['setSentiment']>) => {
  const after = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw new Problem('not-found', 'There is no such account');
    const before = await lastSentiment(tx, id);
    await addSentiment(tx, id, { sentiment, note, day: await todayIn(tx, deps.now()), userId: who.userId, at: deps.now() });
    await noteOthers(tx, [id], deps.now());
    await audit(tx, who, 'sentiment.set', 'account', id, before && { sentiment: before.sentiment }, { sentiment, note });
    const stands = await lastSentiment(tx, id);
    if (!stands) throw new Error('What was said does not stand');
    return stands;
  });
  await tellStated(deps, who.workspaceId, [id]);
  return after;
};
