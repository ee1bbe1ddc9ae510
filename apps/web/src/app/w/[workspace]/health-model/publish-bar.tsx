'use client';
import { may, type Role } from '@tideline/domain/role';
import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import type { Amounts } from '../../../../ui/amount.ts';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/format.ts';
import type { Comparison } from './prepare.ts';
import type { Fault } from './profiles.ts';
import { changeWords, type Difference } from './settings.ts';

type Props = {
  changed: readonly Difference[];
  comparison: Comparison | null;
  amounts: Amounts | null;
  next: number;
  unsaved: boolean;
  hasDraft: boolean;
  /** What keeps it from being saved; null: nothing. */
  fault: Fault | null;
  busy: boolean;
  role: Role;
  onFault: (fault: Fault) => void;
  onRevert: () => void;
  onDiscard: () => void;
  onSave: () => void;
  onPublish: () => void;
};

/** What the draft amounts to, and the way out of it either side. Stays in sight. */
export const PublishBar = (props: Props) => {
  const { changed, comparison, amounts, unsaved, hasDraft, fault, busy, role, next } = props;
  const refused = useId();
  const why = fault ? { disabled: true, 'aria-describedby': refused } : {};
  const words = changeWords(changed);
  const moved =
    comparison && amounts && words !== null
      ? ` · ${counted(comparison.changes.length, 'account changes', 'accounts change')} band · ${amounts.short(comparison.stake, { signed: true })} at stake`
      : '';
  return (
    <footer className="sticky bottom-0 z-4 flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line-strong bg-bg-raised px-gutter py-2.5 shadow-[0_-4px_16px_light-dark(#1117190D,#00000059)] max-sm:px-4">
      <div className="min-w-0 flex-1 basis-80">
        <p>
          {words === null ? (
            'Nothing differs from what is published'
          ) : (
            <>
              <b>{words}</b>
              {moved}
            </>
          )}
        </p>
        <p id={refused} role="status" className="text-12 text-risk-text">
          {fault && <Refused fault={fault} onFault={props.onFault} />}
        </p>
        {!fault && (
          <p className="text-12 text-text-3">
            {may(role, 'model.publish')
              ? 'Rescores every account at once. The change itself fires no alert, and can be undone from Versions.'
              : 'Drafts are shared with everyone who may write them; an admin publishes.'}
          </p>
        )}
      </div>
      <div className="flex gap-2">
        {unsaved ? (
          <Button onClick={props.onRevert}>{hasDraft ? 'Back to the saved draft' : 'Discard'}</Button>
        ) : (
          hasDraft && <Button onClick={props.onDiscard}>Discard draft</Button>
        )}
        {unsaved && (
          <Button busy={busy} {...why} onClick={props.onSave}>
            Save draft
          </Button>
        )}
        {may(role, 'model.publish') && (
          <Button look="primary" disabled={words === null} {...why} onClick={props.onPublish}>
            Publish v{next}…
          </Button>
        )}
      </div>
    </footer>
  );
};

/** Why it cannot be saved, as the way to where it is put right. */
const Refused = ({ fault, onFault }: { fault: Fault; onFault: (fault: Fault) => void }) => (
  <>
    <CircleAlert aria-hidden className="mr-1 inline size-3.5 align-[-2px]" />
    Cannot be saved or published:{' '}
    <button type="button" onClick={() => onFault(fault)} className="door text-left font-medium underline decoration-current">
      {fault.words}
    </button>
    {fault.more > 0 && ` and ${fault.more} more`}
  </>
);
