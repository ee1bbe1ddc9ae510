import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { SENTIMENTS, sentiments, type Sentiment } from '@tideline/domain/sentiment';
import { When } from '../../../../../ui/figure.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';

type Props = { sentiment: AccountPages['Page']['sentiment']; reader: Reader; onSay: ((sentiment: Sentiment) => void) | null };

const options = SENTIMENTS.map((value) => ({ value, label: sentiments[value].label }));

/** How somebody who looks after the account sees it: one press, and who said it last. */
export const SentimentSection = ({ sentiment, reader, onSay }: Props) => (
  <section>
    <SectionTitle title="How it goes" />
    {onSay ? (
      <Segmented<Sentiment | ''>
        label="How it goes"
        value={sentiment?.sentiment ?? ''}
        onChange={(said) => said !== '' && onSay(said)}
        options={options}
        className="mt-1"
      />
    ) : (
      <p>{sentiment ? sentiments[sentiment.sentiment].label : 'Nobody has said yet.'}</p>
    )}
    <p className="mt-1 text-12 text-text-3">
      {sentiment ? (
        <>
          {sentiment.by ?? 'Somebody who left'}, <When as="ago" day={sentiment.day as Day} reader={reader} />
          {sentiment.note && `: ${sentiment.note}`}
        </>
      ) : (
        onSay && 'Say how you see it: it stands beside the score.'
      )}
    </p>
  </section>
);
