import type { DemoAccount } from './company.ts';

const FAMILIES = 3;
const [LEAST, MOST] = [4, 8];

const surnameOf = ({ name }: DemoAccount): string => name.split(' ')[0] ?? '';

/** A few families: accounts that bear the same first name, under the largest of them; the last of a larger one stands below another child. By keys. */
export const demoFamilies = (accounts: readonly DemoAccount[]): { child: string; parent: string }[] => {
  const named = Map.groupBy(accounts, surnameOf);
  const families = [...named.values()].filter(({ length }) => length >= LEAST && length <= MOST).slice(0, FAMILIES);
  return families.flatMap((family) => {
    const top = family.find(({ plan }) => plan === 'Enterprise') ?? family[0];
    const children = family.filter((account) => account !== top);
    return children.map(({ externalId }, i) => {
      const isDeep = children.length > LEAST && i === children.length - 1;
      return { child: externalId, parent: (isDeep ? children[0] : top)?.externalId ?? '' };
    });
  });
};
