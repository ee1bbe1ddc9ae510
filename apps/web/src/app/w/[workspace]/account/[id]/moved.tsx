import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import { MovedChart } from '../../../../../charts/moved-chart.tsx';
import { prepareMoved, type Cause } from '../../../../../charts/prepare-moved.ts';
import { shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';

type Closed = AccountPages['Page']['history'][number];
const PARTS = ['cadence', 'silence', 'standing', 'momentum'] as const;
const LABELS = { cadence: 'Cadence', silence: 'Silence', standing: 'Standing', momentum: 'Momentum' } as const;
const SPANS = [7, 28, 90] as const;

/** Each component's change at the weight of the later model; what gate, fade and caps did is the rest. */
const causesOf = (from: Closed, to: Closed, models: AccountPages['Page']['models']): Cause[] => {
  const weights = models.find((model) => model.version === to.model)?.weights ?? {};
  const parts = PARTS.map((key) => ({ key, label: LABELS[key], change: (((to[key] ?? 0) - (from[key] ?? 0)) * (weights[key] ?? 0)) / 100 }));
  const rest = (to.health ?? 0) - (from.health ?? 0) - parts.reduce((sum, part) => sum + part.change, 0);
  return Math.abs(rest) < 0.05 ? parts : [...parts, { key: 'rest', label: 'Caps, gate and model', change: rest }];
};

/** What moved health between two closed days, by component. */
export const Moved = ({ account, reader, over }: { account: AccountPages['Page']; reader: Reader; over: string | undefined }) => {
  const span = SPANS.find((days) => String(days) === over) ?? 28;
  const to = account.history.at(-1);
  const from = account.history.at(-1 - span) ?? account.history[0];
  if (!from || !to || from === to || from.health === null || to.health === null) return null;
  const level = (closed: Closed) => ({ label: shortDay(closed.day as Day, reader), value: closed.health ?? 0 });
  return (
    <section>
      <SectionTitle
        title="What moved it"
        aside={
          <span className="flex gap-2">
            {SPANS.map((days) => (
              <Link
                key={days}
                href={`?over=${days}`}
                scroll={false}
                aria-current={days === span ? 'true' : undefined}
                className={days === span ? 'font-semibold text-text' : ''}
              >
                {days} d
              </Link>
            ))}
          </span>
        }
      />
      <MovedChart rows={prepareMoved(level(from), level(to), causesOf(from, to, account.models))} label="What moved health, by component" />
    </section>
  );
};
