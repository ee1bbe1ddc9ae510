/** A sentence a CSM would say, in parts: `strong` marks the figure that changed, for the screen to set in bold. */
export type SentencePart = { readonly text: string; readonly strong?: true };
export type Sentence = readonly SentencePart[];

/** ``say`silent ${'12 days'}, usually daily` ``: what is filled in becomes strong. Empty text leaves no part. */
export const say = (texts: TemplateStringsArray, ...figures: readonly (string | number)[]): Sentence =>
  texts.flatMap((text, i): SentencePart[] => {
    const figure = figures[i];
    return [...(text === '' ? [] : [{ text }]), ...(figure === undefined ? [] : [{ text: String(figure), strong: true as const }])];
  });

export const plainText = (sentence: Sentence): string => sentence.map((part) => part.text).join('');

export const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`);
/** A share as whole percent without sign: .384 → `38%`. */
export const percent = (share: number): string => `${Math.round(Math.abs(share) * 100)}%`;
/** A gap in days as a rhythm: `daily`, `every 3 days`. */
export const rhythm = (gap: number): string => (gap < 1.6 ? 'daily' : `every ${days(Math.round(gap))}`);

/** Usage days to come as words: `about 47 more days`. */
export const expectedWords = (n: number): string => (n < 0.75 ? 'less than one day' : `about ${days(Math.round(n))}`);

/** A probability as odds to one significant digit: .0001 → `1 in 10,000`. */
export const odds = (p: number): string => {
  if (p < 1e-6) return 'less than 1 in a million';
  const one = 1 / p;
  const unit = 10 ** Math.floor(Math.log10(one));
  return `1 in ${(Math.round(one / unit) * unit).toLocaleString('en-US')}`;
};

/** Joins clauses with `; `, first letter raised. */
export const clauses = (...all: readonly (Sentence | null)[]): Sentence => {
  const said = all.filter((clause) => clause !== null && clause.length > 0) as Sentence[];
  const [first, ...rest] = said.flatMap((clause, i) => (i === 0 ? clause : [{ text: '; ' }, ...clause]));
  return first ? merge([{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest]) : [];
};

const merge = (parts: Sentence): Sentence =>
  parts.reduce<SentencePart[]>((merged, part) => {
    const last = merged.at(-1);
    if (last && !last.strong && !part.strong) merged[merged.length - 1] = { text: last.text + part.text };
    else merged.push(part);
    return merged;
  }, []);
