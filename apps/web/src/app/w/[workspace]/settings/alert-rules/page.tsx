import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/alert-rule';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { counted } from '../../../../../ui/format.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NewRuleButton, Rules } from './rules.tsx';
import { conditionOf } from './rule-words.ts';

export const metadata: Metadata = { title: 'Alert rules' };

export default async function AlertRulesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const [found, { timezone, currency }] = await Promise.all([list(deps, who), settings(deps, who)]);
  const rules = found.map(({ id, name, enabled, open, fired, fired28, condition, lastFiredAt }) => ({
    id,
    name,
    enabled,
    open,
    fired,
    fired28,
    condition: conditionOf(condition),
    lastFiredAt: lastFiredAt?.toISOString() ?? null,
  }));
  const mayWrite = may(who.role, 'rule.write');
  return (
    <>
      <PageHeader
        title="Alert rules"
        meta={rules.length > 0 ? `${counted(rules.filter(({ enabled }) => enabled).length, 'rule')} on` : undefined}
        actions={mayWrite && <NewRuleButton />}
      />
      <div className="px-4 py-4 lg:px-6">
        <Rules workspace={workspace} rules={rules} mayWrite={mayWrite} currency={currency} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
