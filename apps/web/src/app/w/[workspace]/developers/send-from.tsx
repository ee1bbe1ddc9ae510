'use client';
import { clients } from '@tideline/contracts/client';
import { useId } from 'react';
import { CodeBlock } from '../../../../ui/code-block.tsx';
import { Select } from '../../../../ui/select.tsx';
import { sendings, type Way } from './sending.ts';

export type From = 'http' | keyof typeof sendings;

const names: Record<From, string> = {
  http: 'HTTP',
  sdk: 'Tideline SDK',
  ...(Object.fromEntries(Object.entries(clients).map(([key, { name }]) => [key, name])) as Record<keyof typeof clients, string>),
};
export const froms = Object.keys(names) as From[];
const options = froms.map((value) => ({ value, label: names[value] }));

/** What the events are sent with. */
export const FromSelect = ({ value, onChange }: { value: From; onChange: (from: From) => void }) => (
  <Select aria-label="Send from" value={value} onChange={onChange} options={options} className="w-40" />
);

/** The lines that send the sample with a library people already run, and how its words become ours. */
export const SendFrom = ({ from, way }: { from: Exclude<From, 'http'>; way: Way }) => {
  const heading = useId();
  const { install, code } = sendings[from];
  const words = from === 'sdk' ? sdkWords : [clients[from].auth, clients[from].account, clients[from].value];
  return (
    <div aria-labelledby={heading} role="group">
      <p id={heading} className="mb-1 text-12 text-text-2">
        {from === 'sdk' ? 'Our own library, @tideline/sdk, without dependencies:' : 'The library as it is, with this address and your key:'}
      </p>
      {install !== null && <CodeBlock label="Install" code={`npm install ${install}`} className="mb-2" />}
      <CodeBlock label={`Send from ${names[from]}`} code={code(way)} />
      <ul className="mt-2 flex max-w-[72ch] list-disc flex-col gap-1 pl-4 text-text-2">
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
    </div>
  );
};

const sdkWords = [
  'It lies in packages/sdk of Tideline’s own sources.',
  'Events are batched, sent again until they are acknowledged, and counted once however often they were sent.',
  'It never throws into your program and never waits for the network.',
];
