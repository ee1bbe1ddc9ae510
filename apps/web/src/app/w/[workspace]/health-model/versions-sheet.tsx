'use client';
import type { Model } from '@tideline/contracts/model';
import { may, type Role } from '@tideline/domain/role';
import { parseAsBoolean, parseAsInteger, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { Confirm } from '../../../../ui/dialog.tsx';
import { At } from '../../../../ui/figure.tsx';
import { counted, type Reader } from '../../../../ui/format.ts';
import { Select } from '../../../../ui/select.tsx';
import { Sheet } from '../../../../ui/sheet.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { changeWords, differences } from './settings.ts';

type Version = Model['Version'];

/** Whether the list is open and which two versions are compared: in the address, so that a difference can be sent to somebody. */
export const useVersionsAddress = () => useQueryStates({ versions: parseAsBoolean.withDefault(false), from: parseAsInteger, to: parseAsInteger });

type Props = {
  versions: readonly Version[];
  role: Role;
  reader: Reader;
  onRestore: (id: string) => Promise<boolean>;
};

/** Every version that was ever in force: who made it, when and why; the difference between any two; the way back. */
export const VersionsSheet = ({ versions, role, reader, onRestore }: Props) => {
  const [address, setAddress] = useVersionsAddress();
  const [back, setBack] = useState<Version | null>(null);
  return (
    <Sheet
      open={address.versions}
      onOpenChange={(open) => void setAddress(open ? { versions: true } : { versions: null, from: null, to: null })}
      title="Versions"
    >
      {versions.length > 1 && <Compare versions={versions} from={address.from} to={address.to} onChange={(next) => void setAddress(next)} />}
      <ol>
        {versions.map((version, i) => (
          <li key={version.id} className="border-t border-line py-3 first:border-t-0 first:pt-0">
            <VersionItem version={version} before={versions[i + 1]} reader={reader} onBack={may(role, 'model.publish') ? () => setBack(version) : null} />
          </li>
        ))}
      </ol>
      <Confirm
        open={back !== null}
        onOpenChange={(open) => !open && setBack(null)}
        title={`Go back to version ${back?.version ?? ''}?`}
        body="It is published again as a new version and every account is judged by it at once. No alert fires because of it, and you can return the same way."
        action={`Publish version ${back?.version ?? ''} again`}
        onConfirm={async () => {
          if (back) await onRestore(back.id);
        }}
      />
    </Sheet>
  );
};

const VersionItem = ({ version, before, reader, onBack }: { version: Version; before: Version | undefined; reader: Reader; onBack: (() => void) | null }) => {
  const words = before ? changeWords(differences(before.config, version.config)) : null;
  return (
    <>
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="font-semibold">Version {version.version}</h3>
        {version.state === 'published' && <Chip tone="healthy">in force</Chip>}
        <span className="text-12 text-text-3">{version.publishedAt ? <At instant={version.publishedAt} reader={reader} /> : null}</span>
        {version.state === 'retired' && onBack && (
          <Button size="sm" className="ml-auto" onClick={onBack}>
            Go back to this
          </Button>
        )}
      </div>
      <p className="whitespace-pre-line text-text-2">{version.note || 'No note.'}</p>
      <p className="text-12 text-text-3">
        {[version.author?.name ?? 'The default model', words, version.accounts > 0 ? `judges ${counted(version.accounts, 'account')}` : null]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  );
};

const Compare = ({
  versions,
  from,
  to,
  onChange,
}: {
  versions: readonly Version[];
  from: number | null;
  to: number | null;
  onChange: (next: { from?: number; to?: number }) => void;
}) => {
  const [newest, second] = versions;
  const a = versions.find(({ version }) => version === from) ?? second;
  const b = versions.find(({ version }) => version === to) ?? newest;
  if (!a || !b) return null;
  const options = versions.map(({ version }) => ({ value: String(version), label: `v${version}` }));
  return (
    <section aria-label="Difference between two versions" className="mb-5 border-b border-line pb-5">
      <div className="mb-2 flex items-center gap-2">
        <span className="mr-auto font-semibold">Difference</span>
        <Select
          aria-label="From version"
          className="w-20"
          value={String(a.version)}
          options={options}
          onChange={(value) => onChange({ from: Number(value) })}
        />
        <span className="text-text-3">to</span>
        <Select aria-label="To version" className="w-20" value={String(b.version)} options={options} onChange={(value) => onChange({ to: Number(value) })} />
      </div>
      <DifferenceTable changed={differences(a.config, b.config)} from={`v${a.version}`} to={`v${b.version}`} />
    </section>
  );
};
