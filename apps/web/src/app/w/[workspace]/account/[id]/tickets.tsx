import type { AccountPeople } from '@tideline/contracts/account-people';
import { daysBetween, dayOf } from '@tideline/domain/calendar';
import { ticketSeverities, type TicketSeverity } from '@tideline/domain/ticket';
import { Chip } from '../../../../../ui/chip.tsx';
import { counted, exactMoment, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import type { Tone } from '../../../../../ui/tone.ts';
import { type Connect, ConnectWords } from './connect-words.tsx';

type Ticket = AccountPeople['tickets'][number];
type Props = { people: AccountPeople; connect: Connect; reader: Reader };

const severityTones = { urgent: 'risk', high: 'watch', normal: 'quiet', low: 'quiet' } as const satisfies Record<TicketSeverity, Tone>;

/** What the customer asked: open tickets, the worst and oldest first, then the last ones closed. */
export const Tickets = ({ people: { tickets, open, connected }, connect, reader }: Props) => {
  const listed = tickets.filter(({ closedAt }) => closedAt === null).length;
  return (
    <section id="tickets" className="scroll-mt-14">
      <SectionTitle title="Tickets" {...(tickets.length > 0 ? { sub: `${open} open` } : {})} />
      {tickets.length === 0 && <ConnectWords {...connect} what="tickets" isConnected={connected.tickets} />}
      <ul>
        {tickets.map((ticket) => (
          <Line key={ticket.id} ticket={ticket} reader={reader} />
        ))}
      </ul>
      {open > listed && <p className="py-1 text-12 text-text-3">and {counted(open - listed, 'more open ticket')}</p>}
    </section>
  );
};

const Line = ({ ticket: { subject, severity, url, openedAt, closedAt }, reader }: { ticket: Ticket; reader: Reader }) => {
  const opened = dayOf(new Date(openedAt), reader.timeZone);
  const age = Math.max(0, daysBetween(opened, reader.today));
  return (
    <li className="flex items-start gap-2.5 py-1.5">
      <span className="min-w-0 flex-1">
        <span className={closedAt === null ? 'block break-words' : 'block break-words text-text-3'}>
          {url ? (
            <a href={url} target="_blank" rel="noreferrer" className="door">
              {subject}
            </a>
          ) : (
            subject
          )}
        </span>
        <span className="block text-12 text-text-3" title={exactMoment(closedAt ?? openedAt, reader)}>
          {closedAt === null
            ? age === 0
              ? 'Opened today'
              : `Open for ${counted(age, 'day')}`
            : `Closed on ${shortDay(dayOf(new Date(closedAt), reader.timeZone), reader)}`}
        </span>
      </span>
      {closedAt === null ? (
        <Chip tone={severityTones[severity]}>{ticketSeverities[severity].label}</Chip>
      ) : (
        <span className="text-12 text-text-3">{ticketSeverities[severity].label}</span>
      )}
    </li>
  );
};
