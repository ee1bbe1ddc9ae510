'use client';
import type { Day } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { api, type Api } from '../../../../../lib/api.ts';
import { ApiProblem } from '../../../../../lib/request.ts';
import type { ContactValues } from './contact-dialog.tsx';
import type { ContactView } from './contacts.tsx';
import type { Acts } from './use-acts.ts';

/** What a person does with the people of an account. */
export const useContactActs = (workspace: string, { apply, told }: Pick<Acts, 'apply' | 'told'>) => {
  const { refresh } = useRouter();
  return useMemo(() => contactActs(api(workspace), { apply, told, refresh }), [workspace, apply, told, refresh]);
};
export type ContactActs = ReturnType<typeof useContactActs>;

const contactActs = (client: Api, { apply, told, refresh }: Pick<Acts, 'apply' | 'told'> & { refresh: () => void }) => {
  const change = (id: string, body: Partial<ContactValues>) => client.call('changeContact', { params: { id }, body });
  const remove = (id: string) => client.call('deleteContact', { params: { id } });
  const add = async (account: string, values: ContactValues): Promise<void> => {
    const { stored, rejected } = await client.call('putContacts', { body: [{ ...values, externalId: crypto.randomUUID(), account }] });
    const [made] = stored;
    if (!made) throw new ApiProblem('rule-violated', 422, rejected[0]?.message ?? 'It was not stored');
    refresh();
    told({ back: () => remove(made.id), said: `${values.name} added` });
  };
  return {
    /** Adds one (null) to the account with this key, or changes what is known. Throws what is refused, for the form to show. */
    saveContact: async (contact: ContactView | null, account: string, values: ContactValues): Promise<void> => {
      if (!contact) return add(account, values);
      const { id, name, email, title, role, leftOn } = contact;
      await change(id, values);
      refresh();
      return told({ back: () => change(id, { name, email, title, role, leftOn: leftOn as Day | null }), said: `${values.name} saved` });
    },
    contactLeft: ({ id, name, leftOn }: ContactView, on: Day | null): void =>
      void apply({
        send: () => change(id, { leftOn: on }),
        back: () => change(id, { leftOn: leftOn as Day | null }),
        said: on === null ? `${name} is there again` : `${name} has left`,
      }),
    deleteContact: ({ id, name }: ContactView): void => void apply({ send: () => remove(id), said: `${name} deleted` }),
  };
};
