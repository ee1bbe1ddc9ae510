'use client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Secret } from '../../../../../ui/secret.tsx';
import { EndpointForm } from './endpoint-form.tsx';

export const SECRET_NOTE = 'Shown once: keep it where your receiver reads it. Each message is signed with it.';

export const NewEndpoint = ({ workspace }: { workspace: string }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    if (next) setMade(null);
  };
  return (
    <>
      <Button look="primary" icon={<Plus aria-hidden />} onClick={() => show(true)}>
        New endpoint
      </Button>
      <Dialog open={open} onOpenChange={show} title={made ? 'Its secret' : 'New endpoint'}>
        {made ? (
          <div className="flex flex-col gap-4">
            <Secret value={made.secret} label="Signing secret" note={SECRET_NOTE} />
            <Button look="primary" className="self-end" asChild>
              <Link href={`/w/${workspace}/settings/webhooks/${made.id}`}>Go on and send a test</Link>
            </Button>
          </div>
        ) : (
          <EndpointForm
            fields={{ url: '', events: ['alert.opened', 'alert.resolved'] }}
            action="Create the endpoint"
            onSave={async (body) => {
              const { id, secret } = await api(workspace).call('createWebhook', { body });
              setMade({ id, secret });
              router.refresh();
            }}
          />
        )}
      </Dialog>
    </>
  );
};
