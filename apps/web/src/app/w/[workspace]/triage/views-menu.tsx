'use client';
import type { SavedView as SavedViewShape } from '@tideline/contracts/view';
import { Bookmark, BookmarkCheck, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type * as z from 'zod';
import { api } from '../../../../lib/api.ts';
import { problemText } from '../../../../lib/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuRule, MenuTitle } from '../../../../ui/menu.tsx';
import { done, failed } from '../../../../ui/toast.tsx';
import Link from 'next/link';
import { useScene } from './scene.ts';
import { ViewDialog } from './view-dialog.tsx';

export type SavedView = z.output<typeof SavedViewShape>;

/** Keeping and deleting views; the rail lists them too and reads them on the server, so it is drawn anew. */
const useViews = (workspace: string, query: string) => {
  const router = useRouter();
  const attempt = async (run: () => Promise<unknown>, said: string) => {
    try {
      await run();
      done(said);
      router.refresh();
    } catch (error) {
      failed(problemText(error));
    }
  };
  return {
    save: (view: { name: string; shared: boolean }) =>
      attempt(() => api(workspace).call('saveView', { body: { ...view, screen: 'triage', query } }), `View “${view.name}” saved`),
    remove: ({ id, name }: SavedView) => attempt(() => api(workspace).call('deleteView', { params: { id } }), `View “${name}” deleted`),
  };
};

/** Saved views of this screen: go to one, keep what is shown now, let go of one's own. */
export const ViewsMenu = ({ views, query }: { views: readonly SavedView[]; query: string }) => {
  const { workspace } = useScene();
  const [saving, setSaving] = useState(false);
  const { save, remove } = useViews(workspace, query);
  const here = views.find((view) => view.query === query);
  const ask = () => setSaving(true);
  return (
    <>
      {views.length === 0 ? (
        <Button look="ghost" className="max-sm:hidden" icon={<Bookmark aria-hidden />} onClick={ask}>
          Save view
        </Button>
      ) : (
        <Menu
          label="Views"
          className="max-w-72"
          trigger={
            <Button look="ghost" icon={here ? <BookmarkCheck aria-hidden /> : <Bookmark aria-hidden />} className="max-w-52 max-sm:hidden">
              <span className="truncate">{here?.name ?? 'Views'}</span>
            </Button>
          }
        >
          <MenuTitle>Saved views</MenuTitle>
          {views.map((view) => (
            <ViewLink key={view.id} view={view} current={view === here} />
          ))}
          <MenuRule />
          {here?.own && (
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => void remove(here)}>
              Delete “{here.name}”
            </MenuItem>
          )}
          <MenuItem icon={<Bookmark aria-hidden />} onSelect={ask}>
            Save what is shown …
          </MenuItem>
        </Menu>
      )}
      {saving && (
        <ViewDialog
          onClose={() => setSaving(false)}
          onSave={(view) => {
            setSaving(false);
            void save(view);
          }}
        />
      )}
    </>
  );
};

const ViewLink = ({ view, current }: { view: SavedView; current: boolean }) => {
  const { workspace } = useScene();
  return (
    <MenuLink>
      <Link
        href={`/w/${workspace}/triage${view.query ? `?${view.query}` : ''}`}
        {...(current ? { 'aria-current': 'true' as const } : {})}
        className="aria-[current]:font-semibold"
      >
        <span className="mr-auto truncate">{view.name}</span>
        {view.shared && <span className="pl-3 text-12 text-text-3">shared</span>}
      </Link>
    </MenuLink>
  );
};
