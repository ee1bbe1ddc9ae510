'use client';
import type { Triage } from '@tideline/contracts/triage';
import type { Day } from '@tideline/domain/calendar';
import { Download, Link2 } from 'lucide-react';
import { api } from '../../../../lib/api.ts';
import { Button } from '../../../../ui/button.tsx';
import { counted, weekDay } from '../../../../ui/format.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { done } from '../../../../ui/toast.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import type { ListQuery } from './address.ts';
import { useScene } from './scene.ts';
import { ViewsMenu, type SavedView } from './views-menu.tsx';

type HeaderProps = {
  summary: Triage['Summary'];
  query: ListQuery;
  views: readonly SavedView[];
  viewQuery: string;
  /** Accounts the list holds that are not shown yet. */
  arrived: number;
  onArrived: () => void;
};

/** Title, how far the judgement reaches, and what can be done with the list as a whole. */
export const Header = ({ summary, query, views, viewQuery, arrived, onArrived }: HeaderProps) => {
  const { workspace, reader } = useScene();
  const { fold: _, ...exported } = query;
  const closed = summary.closedThrough as Day | null;
  const scored = closed === null ? 'not scored yet' : `scored to ${weekDay(closed, reader)}, ${summary.complete ? 'complete' : 'catching up'}`;
  const copy = () => void navigator.clipboard.writeText(window.location.href).then(() => done('Link copied'));
  return (
    <PageHeader
      className="sticky top-0 z-4 bg-bg lg:px-4"
      title="Triage"
      meta={`${weekDay(reader.today, reader)} · ${scored}`}
      actions={
        <>
          {arrived > 0 && (
            <Button look="ghost" onClick={onArrived} title={`${counted(arrived, 'account')} came into this list; show them`}>
              <i aria-hidden className="mr-0.5 size-1.5 rounded-full bg-accent" />
              {arrived} new
            </Button>
          )}
          <ViewsMenu views={views} query={viewQuery} />
          <span className="contents max-sm:hidden">
            <IconButton label="Copy link to what is shown" onClick={copy} className="max-sm:hidden">
              <Link2 aria-hidden />
            </IconButton>
          </span>
          <Tooltip text="Export as CSV">
            <Button asChild look="ghost" className="w-control px-0">
              <a href={api(workspace).href('exportTriage', { query: exported })} download aria-label="Export as CSV">
                <Download aria-hidden />
              </a>
            </Button>
          </Tooltip>
        </>
      }
    />
  );
};
