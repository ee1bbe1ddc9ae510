'use client';
import type { Model } from '@tideline/contracts/model';
import type { SignalKey } from '@tideline/domain/component';
import { may, type Role } from '@tideline/domain/role';
import { FlaskConical, History, RotateCcw, Scale } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { amountsIn } from '../../../../ui/amount.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { Confirm } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { moment, shortDay, type Reader } from '../../../../ui/format.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { BandsForm } from './bands-form.tsx';
import { CustomSignalsList } from './custom-signals.tsx';
import { Calibrations } from './calibrations.tsx';
import { type Edit, problemsOf, withBand, withCap, withDoor, withShift, withThreshold, withWeight } from './edit.ts';
import { DraftBacktest } from './draft-backtest.tsx';
import { Preview } from './preview.tsx';
import { prepareAccounts } from './prepare.ts';
import { type Fault, faultOf, problemsIn, viewOf, withView } from './profiles.ts';
import { ProfilesForm } from './profiles-form.tsx';
import { PreviewSkeleton } from './preview-skeleton.tsx';
import { PublishBar } from './publish-bar.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { RulesForm } from './rules-form.tsx';
import { RunLine } from './run-line.tsx';
import { SegmentsForm } from './segments-form.tsx';
import { differences } from './settings.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { type ModelWork, useModel } from './use-model.ts';
import { usePreview, type PreviewState } from './use-preview.ts';
import { useVersionsAddress, VersionsSheet } from './versions-sheet.tsx';
import { useWhatIf, type WhatIf } from './use-what-if.ts';
import { WeightsForm } from './weights-form.tsx';

type Props = { workspace: string; role: Role; initial: Model['State']; reader: Reader };

/** Weights, bands, rules and segments at the left; at the right what they do to every account, as the hand moves. */
export const ModelScreen = ({ workspace, role, initial, reader }: Props) => {
  const work = useModel(workspace, initial);
  const { state, edit, setEdit } = work;
  const [locked, setLocked] = useState<ReadonlySet<SignalKey>>(new Set());
  const preview = usePreview(workspace);
  const deferred = useDeferredValue(edit);
  const prepared = useMemo(() => preview.data && prepareAccounts(preview.data), [preview.data]);
  const accounts = useMemo(() => prepared && prepared.accounts.map(({ measures }) => measures), [prepared]);
  const whatIf = useWhatIf(prepared, state.published.config, deferred);
  const problems = useMemo(() => problemsOf(edit), [edit]);
  useLeaveGuard(work.unsaved);
  const lock = (key: SignalKey, on: boolean) => setLocked((before) => new Set(on ? [...before, key] : [...before].filter((one) => one !== key)));
  const { version } = state.published;
  const [chosen, choose] = useState<string | null>(null);
  const active = edit.profiles.some(({ key }) => key === chosen) ? chosen : null;
  const view = viewOf(edit, active);
  const shown = problemsIn(problems, edit, active);
  const change = (how: (view: Edit) => Edit) => setEdit((before) => withView(before, active, how));
  const leadTo = ({ profile, control }: Fault) => {
    flushSync(() => choose(profile));
    const place = document.getElementById(control);
    place?.scrollIntoView({ block: 'center' });
    place?.focus({ preventScroll: true });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Title work={work} workspace={workspace} reader={reader} />
      <RunLine run={state.run} version={version} />
      {work.newer && <NewerDraft work={work} reader={reader} />}
      <div className="flex min-w-0 flex-1 lg:grid lg:grid-cols-[minmax(320px,392px)_minmax(0,1fr)] max-lg:flex-col">
        <section
          aria-label="Settings of the model"
          className="quiet-scroll border-line p-gutter max-sm:p-4 lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto lg:border-r lg:p-6"
        >
          <ProfilesForm edit={edit} accounts={accounts} active={active} onChoose={choose} onChange={setEdit} />
          <WeightsForm
            edit={view}
            published={viewOf(state.published.config, active)}
            version={version}
            locked={locked}
            problem={shown.get('weights')}
            onMove={(key, points) => change((before) => withWeight(before, locked, key, points))}
            onLock={lock}
            others={state.others}
          >
            <CustomSignalsList workspace={workspace} keys={state.others.map(({ key }) => key).join()} />
          </WeightsForm>
          <BandsForm edit={view} problems={shown} onChange={(key, value) => change((before) => withBand(before, key, value))} />
          <RulesForm
            edit={edit}
            effects={whatIf?.effects ?? null}
            onShift={(on) => setEdit((before) => withShift(before, on))}
            onCap={(cap, on) => setEdit((before) => withCap(before, cap, on))}
          />
          <SegmentsForm
            edit={edit}
            problems={problems}
            onDoor={(door, open) => setEdit((before) => withDoor(before, door, open))}
            onThreshold={(key, side, value) => setEdit((before) => withThreshold(before, key, side, value))}
          />
          <Calibrations calibrations={state.calibrations} reader={reader} />
        </section>
        <div className="flex min-w-0 flex-1 flex-col max-lg:border-t max-lg:border-line">
          <div className="min-w-0 flex-1 px-gutter py-6 max-sm:px-4">
            <Effects preview={preview} whatIf={whatIf} edit={deferred} version={version} workspace={workspace} mayImport={may(role, 'import.run')} />
            <DraftBacktest work={work} workspace={workspace} sound={problems.size === 0} reader={reader} />
          </div>
          <Ending work={work} role={role} preview={preview} whatIf={whatIf} fault={faultOf(problems, edit)} onFault={leadTo} />
        </div>
      </div>
      <VersionsSheet versions={state.versions} role={role} reader={reader} onRestore={work.restore} />
    </div>
  );
};

const Title = ({ work, workspace, reader }: { work: ModelWork; workspace: string; reader: Reader }) => {
  const [, setAddress] = useVersionsAddress();
  const { published, draft, versions } = work.state;
  const drafting = draft !== null || work.unsaved;
  const next = Math.max(...versions.map(({ version }) => version)) + 1;
  const since = published.publishedAt ? `live since ${shortDay(dayIn(published.publishedAt), reader)}` : 'live';
  const saved = draft ? `saved ${moment(draft.savedAt, reader)}${draft.author ? ` by ${draft.author.name}` : ''}` : work.unsaved ? 'not saved' : null;
  return (
    <PageHeader
      title={
        <span className="flex items-center gap-2">
          Health model <Chip>{drafting ? `Draft of v${next}` : `v${published.version}`}</Chip>
        </span>
      }
      meta={[drafting ? `from v${published.version}, ${since}` : since, saved].filter(Boolean).join(' · ')}
      actions={
        <>
          <Button asChild look="ghost" icon={<FlaskConical aria-hidden />}>
            <Link href={`/w/${workspace}/health-model/backtest`}>
              <span className="max-sm:sr-only">Test on the past</span>
            </Link>
          </Button>
          <Button asChild look="ghost" icon={<Scale aria-hidden />}>
            <Link href={`/w/${workspace}/health-model/override`}>
              <span className="max-sm:sr-only">Overrides</span>
            </Link>
          </Button>
          <Button look="ghost" icon={<History aria-hidden />} onClick={() => void setAddress({ versions: true })}>
            <span className="max-sm:sr-only">Versions</span>
          </Button>
          <Button look="ghost" icon={<RotateCcw aria-hidden />} disabled={differences(published.config, work.edit).length === 0} onClick={work.reset}>
            <span className="max-sm:sr-only">Reset to v{published.version}</span>
          </Button>
        </>
      }
    />
  );
};

const namesOf = ({ others }: Model['State']): ReadonlyMap<string, string> => new Map(others.map(({ key, label }) => [key, label]));
const dayIn = (instant: string) => instant.slice(0, 10) as Reader['today'];

const NewerDraft = ({ work, reader }: { work: ModelWork; reader: Reader }) => (
  <ErrorState
    className="mx-gutter mt-4 max-sm:mx-4"
    title={`${work.newer?.by ?? ''} saved the draft at ${moment(work.newer?.savedAt, reader)}.`}
    action={
      <span className="flex gap-2">
        <Button onClick={work.keepMine}>Keep mine</Button>
        <Button onClick={work.revert}>Take theirs</Button>
      </span>
    }
  >
    What you changed here is kept and not saved. Keep yours to save it over theirs, or take theirs and lose it.
  </ErrorState>
);

const Effects = ({
  preview,
  whatIf,
  edit,
  version,
  workspace,
  mayImport,
}: {
  preview: PreviewState;
  whatIf: WhatIf | null;
  edit: ModelWork['edit'];
  version: number;
  workspace: string;
  mayImport: boolean;
}) => {
  const amounts = useMemo(() => preview.data && amountsIn(preview.data.currency, preview.data.unit), [preview.data]);
  if (preview.problem && !preview.data)
    return (
      <ErrorState title="The accounts could not be read." action={<Button onClick={preview.again}>Try again</Button>}>
        {preview.problem} You can edit and save all the same; what it does to the book is not shown.
      </ErrorState>
    );
  if (!whatIf || !amounts) return <PreviewSkeleton />;
  if (preview.data?.accounts.id.length === 0)
    return (
      <EmptyState
        title="No account has a score yet."
        actions={
          mayImport && (
            <Button asChild look="primary">
              <Link href={`/w/${workspace}/settings/data`}>Import usage</Link>
            </Button>
          )
        }
      >
        Every live account stands here with its score under your draft beside the published one, once usage has arrived.
        {!mayImport && ' An admin of this workspace connects it.'}
      </EmptyState>
    );
  return <Preview whatIf={whatIf} edit={edit} version={version} workspace={workspace} amounts={amounts} />;
};

type EndingProps = { work: ModelWork; role: Role; preview: PreviewState; whatIf: WhatIf | null; fault: Fault | null; onFault: (fault: Fault) => void };

const Ending = ({ work, role, preview, whatIf, fault, onFault }: EndingProps) => {
  const [asking, ask] = useState<'publish' | 'discard' | null>(null);
  const { published, versions, draft } = work.state;
  const changed = useMemo(() => differences(published.config, work.edit, namesOf(work.state)), [published, work]);
  const next = Math.max(...versions.map(({ version }) => version)) + 1;
  const amounts = preview.data && amountsIn(preview.data.currency, preview.data.unit);
  const comparison = whatIf?.comparison ?? null;
  return (
    <>
      <PublishBar
        {...{ changed, comparison, amounts, next, fault, role, onFault }}
        unsaved={work.unsaved}
        hasDraft={draft !== null}
        busy={work.busy}
        onRevert={work.revert}
        onDiscard={() => ask('discard')}
        onSave={() => void work.save()}
        onPublish={() => ask('publish')}
      />
      <PublishDialog
        {...{ changed, comparison, amounts, next }}
        open={asking === 'publish'}
        onOpenChange={(open) => ask(open ? 'publish' : null)}
        live={published.version}
        busy={work.busy}
        onPublish={work.publish}
      />
      <Confirm
        open={asking === 'discard'}
        onOpenChange={(open) => ask(open ? 'discard' : null)}
        title="Throw the draft away?"
        body="Everyone who may write drafts sees it go. What is published stays as it is."
        action="Throw it away"
        danger
        onConfirm={async () => {
          await work.discard();
        }}
      />
    </>
  );
};
