'use client';
import type { AccountPeople } from '@tideline/contracts/account-people';
import type { Day } from '@tideline/domain/calendar';
import { contactRoles } from '@tideline/domain/contact';
import { Ellipsis, Pencil, Phone, Plus, Trash2, UserCheck, UserMinus } from 'lucide-react';
import { When } from '../../../../../ui/figure.tsx';
import { counted, shortDay, type Reader } from '../../../../../ui/format.ts';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../../../../ui/menu.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import type { ContactActs } from './contact-acts.ts';
import { type Connect, ConnectWords } from './connect-words.tsx';
import type { Asking } from './use-account-keys.ts';

export type ContactView = AccountPeople['contacts'][number];
/** `ask` and `acts` are null where this person only looks. */
type Props = {
  people: AccountPeople;
  connect: Connect;
  reader: Reader;
  acts: ContactActs | null;
  ask: ((asking: Asking) => void) | null;
  mayAdd: boolean;
  mayLog: boolean;
};

/** The customer's people: who speaks for the account first, with the last touch with each; those who left behind a fold. */
export const Contacts = ({ people: { contacts, connected }, connect, reader, acts, ask, mayAdd, mayLog }: Props) => {
  const there = contacts.filter(({ leftOn }) => leftOn === null || leftOn > reader.today);
  const left = contacts.filter((contact) => !there.includes(contact));
  const speaks = there.some(({ role }) => contactRoles[role].speaks);
  const row = (contact: ContactView) => <Contact key={contact.id} {...{ contact, reader, acts, ask, mayLog }} />;
  return (
    <section id="contacts" className="scroll-mt-14">
      <SectionTitle
        title="Contacts"
        {...(there.length > 0 ? { sub: speaks ? `${there.length}` : 'no champion or sponsor known' } : {})}
        aside={
          ask &&
          mayAdd && (
            <IconButton label="Add a contact" hint="p" onClick={() => ask({ kind: 'contact', contact: null })}>
              <Plus aria-hidden />
            </IconButton>
          )
        }
      />
      {contacts.length === 0 && <ConnectWords {...connect} what="contacts" isConnected={connected.contacts} />}
      <ul>{there.map(row)}</ul>
      {left.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer py-1 text-12 text-text-3">{counted(left.length, 'person who left', 'people who left')}</summary>
          <ul>{left.map(row)}</ul>
        </details>
      )}
    </section>
  );
};

type RowProps = Pick<Props, 'reader' | 'acts' | 'ask' | 'mayLog'> & { contact: ContactView };

const Contact = ({ contact, reader, acts, ask, mayLog }: RowProps) => {
  const { name, email, title, role, leftOn, lastTouch } = contact;
  const said = [contactRoles[role].label, title].filter(Boolean).join(' · ');
  return (
    <li className="flex items-center gap-2.5 py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block truncate" title={name}>
          {email ? (
            <a href={`mailto:${email}`} className="door">
              {name}
            </a>
          ) : (
            name
          )}
        </span>
        <span className="block truncate text-12 text-text-3" title={said}>
          {leftOn ? `Left on ${shortDay(leftOn as Day, reader)} · ${said}` : said}
        </span>
      </span>
      <span className="text-12 whitespace-nowrap text-text-3">{lastTouch ? <When as="ago" day={lastTouch as Day} reader={reader} /> : 'no touch yet'}</span>
      {ask && <More {...{ contact, reader, acts, ask, mayLog }} />}
    </li>
  );
};

const More = ({ contact, reader, acts, ask, mayLog }: RowProps) => (
  <Menu
    label={`What to do about ${contact.name}`}
    trigger={
      <button
        type="button"
        aria-label={`More about ${contact.name}`}
        className="moves -mr-1.5 inline-grid size-control flex-none place-items-center rounded-2 text-text-3 hover:bg-bg-hover hover:text-text"
      >
        <Ellipsis aria-hidden />
      </button>
    }
  >
    {mayLog && ask && (
      <MenuItem icon={<Phone aria-hidden />} onSelect={() => ask({ kind: 'touch', touch: 'call', contact: contact.id })}>
        Log a call
      </MenuItem>
    )}
    {acts && ask && (
      <>
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => ask({ kind: 'contact', contact })}>
          Edit
        </MenuItem>
        {contact.leftOn === null ? (
          <MenuItem icon={<UserMinus aria-hidden />} onSelect={() => acts.contactLeft(contact, reader.today)}>
            Has left
          </MenuItem>
        ) : (
          <MenuItem icon={<UserCheck aria-hidden />} onSelect={() => acts.contactLeft(contact, null)}>
            Is there again
          </MenuItem>
        )}
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => acts.deleteContact(contact)}>
          Delete
        </MenuItem>
      </>
    )}
  </Menu>
);
