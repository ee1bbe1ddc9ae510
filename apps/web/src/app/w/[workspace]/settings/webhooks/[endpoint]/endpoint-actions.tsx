'use client';
import type { WebhookEvent } from '@tideline/contracts/fact';
import { Ellipsis, KeyRound, Pencil, Power, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Confirm, Dialog } from '../../../../../../ui/dialog.tsx';
import { counted } from '../../../../../../ui/format.ts';
import { IconButton } from '../../../../../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuRule } from '../../../../../../ui/menu.tsx';
import { Secret } from '../../../../../../ui/secret.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import { EndpointForm } from '../endpoint-form.tsx';
import type { Endpoint } from '../endpoint-table.tsx';
import { SECRET_NOTE } from '../new-endpoint.tsx';

type Open = 'edit' | 'rotate' | 'delete' | null;
type Props = { workspace: string; endpoint: Endpoint };

export const EndpointActions = ({ workspace, endpoint }: Props) => {
  const router = useRouter();
  const [open, show] = useState<Open>(null);
  const [secret, showSecret] = useState<string | null>(null);
  const params = { id: endpoint.id };
  const fields = { url: endpoint.url, events: endpoint.events as WebhookEvent[], enabled: endpoint.enabled };
  /** Runs a call and says what came of it; `kept` is what is still true when it is refused. */
  const run = async (call: () => Promise<string | null>, kept: string) => {
    try {
      const words = await call();
      if (words) done(words);
    } catch (error) {
      failed(kept, problemText(error));
    }
    router.refresh();
  };
  const test = () =>
    run(async () => {
      await api(workspace).call('testWebhook', { params });
      return 'A test message is on its way';
    }, 'No test was sent.');
  const toggle = () =>
    run(async () => {
      await api(workspace).call('changeWebhook', { params, body: { ...fields, enabled: !endpoint.enabled } });
      return endpoint.enabled ? 'It is called no more; messages are kept for it' : 'It is called again';
    }, 'The endpoint is as it was.');
  const rotate = () =>
    run(async () => {
      showSecret((await api(workspace).call('rotateWebhookSecret', { params })).secret);
      return null;
    }, 'The secret is as it was.');
  const remove = () =>
    run(async () => {
      await api(workspace).call('deleteWebhook', { params });
      router.push(`/w/${workspace}/settings/webhooks`);
      return 'The endpoint is deleted';
    }, 'The endpoint is still there.');
  return (
    <>
      <Button icon={<Send aria-hidden />} disabled={!endpoint.enabled} onClick={() => void test()}>
        Send a test
      </Button>
      <Menu
        label="Actions for the endpoint"
        trigger={
          <IconButton label="More">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => show('edit')}>
          Edit
        </MenuItem>
        <MenuItem icon={<Power aria-hidden />} onSelect={() => void toggle()}>
          {endpoint.enabled ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => show('rotate')}>
          New secret
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => show('delete')}>
          Delete
        </MenuItem>
      </Menu>
      <Dialog open={open === 'edit'} onOpenChange={(on) => show(on ? 'edit' : null)} title="Edit the endpoint">
        <EndpointForm
          fields={fields}
          action="Save changes"
          onSave={async (body) => {
            await api(workspace).call('changeWebhook', { params, body });
            done('Saved');
            show(null);
            router.refresh();
          }}
        />
      </Dialog>
      <Confirm
        open={open === 'rotate'}
        onOpenChange={(on) => show(on ? 'rotate' : null)}
        title="Make a new secret?"
        body="From the next message on, the new one signs, also what is waiting now. Your receiver refuses messages until it knows it."
        action="Make a new secret"
        onConfirm={rotate}
      />
      <Confirm
        open={open === 'delete'}
        onOpenChange={(on) => show(on ? 'delete' : null)}
        title="Delete this endpoint?"
        body={`Its messages go with it${endpoint.owed > 0 ? `, ${counted(endpoint.owed, 'message')} still waiting among them` : ''}. Switched off instead, it keeps them.`}
        action="Delete"
        danger
        onConfirm={remove}
      />
      <Dialog open={secret !== null} onOpenChange={(on) => !on && showSecret(null)} title="Its new secret" width="sm">
        <Secret value={secret ?? ''} label="Signing secret" note={SECRET_NOTE} />
      </Dialog>
    </>
  );
};
