import type { AccountPages } from '@tideline/contracts/account-page';
import { SectionTitle } from '../../../../../ui/page-header.tsx';

type Change = AccountPages['Judgement']['healthier'][number];

/** What would make the account healthy: what to ask for on the next call, the cheapest first. */
export const Healthier = ({ changes }: { changes: readonly Change[] }) => {
  if (changes.length === 0) return null;
  return (
    <section id="healthier" className="mt-6 scroll-mt-14">
      <SectionTitle
        level={3}
        title="What would make it healthy"
        sub={changes.some(({ reaches }) => reaches) ? 'at what a day of use usually brings' : 'nothing within twelve weeks'}
      />
      <ul className="mt-1">
        {changes.map(({ key, label, words, reaches }) => (
          <li key={key} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-1.5 last:border-b-0">
            <span>{label}</span>
            <span className={reaches ? 'text-healthy-text' : 'text-text-2'}>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
