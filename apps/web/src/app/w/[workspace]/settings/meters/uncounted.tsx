import { aggregations, isAggregation } from '@tideline/domain/meter';
import type { Who } from '@tideline/engine/deps';
import { uncountedEvents } from '@tideline/engine/uncounted';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { Button } from '../../../../../ui/button.tsx';
import { At } from '../../../../../ui/figure.tsx';
import { counted, exactQuantity, percent, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';

type Found = Awaited<ReturnType<typeof uncountedEvents>>;
type Item = Found['items'][number];
const PROPERTIES = 4;

/** What came in over the last 90 days and no meter counts, each with how it could be; and what meters cannot read. Nothing where all is counted. */
export const Uncounted = async ({ workspace, who, reader }: { workspace: string; who: Who; reader: Reader }) => {
  const found = await uncountedEvents(composed().deps, who);
  return (
    <>
      {found.items.length > 0 && (
        <section className="mt-10">
          <SectionTitle title="Events nothing counts yet" sub="of the last 90 days" />
          <Table caption="Events nothing counts yet" className="mt-1">
            <Thead>
              <tr>
                <Th>Event</Th>
                <Th right>{found.whole ? 'Events' : 'In the sample'}</Th>
                <Th right className="max-sm:hidden">
                  Accounts
                </Th>
                <Th className="pl-8 max-lg:hidden">First seen</Th>
                <Th className="max-lg:hidden">Last seen</Th>
                <Th right>
                  <span className="sr-only">Count them</span>
                </Th>
              </tr>
            </Thead>
            <Tbody>
              {found.items.map((item) => (
                <Line key={item.name} workspace={workspace} item={item} reader={reader} />
              ))}
            </Tbody>
          </Table>
          <p className="mt-2 text-12 text-text-3">
            {found.whole
              ? `Seen among all ${counted(found.events, 'event')} of these days.`
              : `Seen in a sample of ${counted(found.events, 'event')}, spread evenly over these days: a rare name may be missing.`}
          </p>
        </section>
      )}
      {found.meters.length > 0 && <Unread workspace={workspace} meters={found.meters} reader={reader} />}
    </>
  );
};

/** "Sum of seconds", "Number of them", "Distinct user_id". */
const suggested = ({ suggestion: { aggregation, valueField } }: Item): string => {
  if (!isAggregation(aggregation) || aggregations[aggregation].field === 'none') return 'the number of them';
  return `the ${aggregations[aggregation].words.toLowerCase()} ${valueField ?? 'their values'}`.replace('the distinct', 'distinct');
};

const why = ({ why: reason, meters }: Item): string | null => {
  const names = meters.map(({ name }) => name).join(' and ');
  if (reason === 'filtered') return `The conditions of ${names} leave them out.`;
  return reason === 'unreadable' ? `${names} cannot read a figure in them.` : null;
};

const Line = ({ workspace, item, reader }: { workspace: string; item: Item; reader: Reader }) => {
  const { aggregation, valueField } = item.suggestion;
  const start = new URLSearchParams({ event: item.name, aggregation, ...(valueField === null ? {} : { valueField }) });
  const more = item.properties.length - PROPERTIES;
  return (
    <Tr className="align-top">
      <RowHead className="py-2 whitespace-normal">
        <span className="font-semibold break-all">{item.name}</span>
        {why(item) && <span className="block text-text-2">{why(item)}</span>}
        <span className="block max-w-[84ch] text-12 break-words text-text-3">
          {item.valueShare > 0 && <Fact name="value" type="number" share={item.valueShare} />}
          {item.properties.slice(0, PROPERTIES).map((property) => (
            <Fact key={property.name} {...property} />
          ))}
          {item.valueShare === 0 && item.properties.length === 0 && 'without value or properties'}
          {more > 0 && `and ${more} more`}
        </span>
        <span className="block text-12 text-text-3 lg:hidden">
          last seen <At instant={item.lastAt} reader={reader} />
        </span>
      </RowHead>
      <Td right className="py-2 align-top">
        {exactQuantity(item.count)}
      </Td>
      <Td right className="py-2 align-top max-sm:hidden">
        {exactQuantity(item.accounts)}
      </Td>
      <Td quiet className="py-2 pl-8 align-top max-lg:hidden">
        <At instant={item.firstAt} reader={reader} />
      </Td>
      <Td quiet className="py-2 align-top max-lg:hidden">
        <At instant={item.lastAt} reader={reader} />
      </Td>
      <Td right className="py-1.5 align-top">
        <Button asChild>
          <Link href={`/w/${workspace}/settings/meters/new?${start.toString()}`}>
            Count them<span className="sr-only">: {item.name}</span>
          </Link>
        </Button>
        <span className="mt-0.5 block text-12 text-text-3 max-sm:hidden">{suggested(item)}</span>
      </Td>
    </Tr>
  );
};

const types = { number: 'number', text: 'text', flag: 'yes or no', object: 'structure', mixed: 'mixed' } as Readonly<Record<string, string>>;

/** A property in the line of an event: name, type, an example, and how many have it where not all do. */
const Fact = ({ name, type, share, example }: { name: string; type: string; share: number; example?: string }) => (
  <span className="mr-3 inline-block">
    <span className="text-text-2">{name}</span> {types[type] ?? type}
    {example !== undefined && `, ${example}`}
    {share < 1 && ` (${percent(share)} have it)`}
  </span>
);

const Unread = ({ workspace, meters, reader }: { workspace: string; meters: Found['meters']; reader: Reader }) => (
  <section className="mt-10">
    <SectionTitle title="Events a meter cannot read" sub="they are stored, and add nothing" />
    <ul className="mt-1">
      {meters.map(({ id, name, looked, absent, unreadable, field, sample }) => (
        <li key={id} className="border-b border-line py-2">
          <Link href={`/w/${workspace}/settings/meters/${id}`} className="door font-semibold">
            {name}
          </Link>
          <span className="block max-w-[84ch] text-text-2">
            Of its latest {counted(looked, 'event')}{' '}
            {[absent > 0 && `${exactQuantity(absent)} carry no ${field}`, unreadable > 0 && `${exactQuantity(unreadable)} carry a ${field} that is no figure`]
              .filter(Boolean)
              .join(' and ')}
            .
          </span>
          <span className="block text-12 break-words text-text-3">
            {sample.accountName}, <At instant={sample.at} reader={reader} />
            {sample.held !== null && (
              <>
                : {field} is <code>{sample.held}</code>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  </section>
);
