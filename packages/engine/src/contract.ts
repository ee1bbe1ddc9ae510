import { randomUUID } from 'node:crypto';
import { ContractItem, type contractOperations } from '@tideline/contracts/contract';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { contractPage, type ContractRow, contractsBy } from '@tideline/db/read/contract';
import { writeContracts } from '@tideline/db/write/contract';
import { decimal, toText } from '@tideline/domain/money';
import type { Deps, Who } from './deps.ts';
import { pageFor } from './stated-page.ts';
import { putStated, type Refused, type StatedKind } from './stated.ts';

type Ops = typeof contractOperations;

/** A contract with what is named of it laid over what there is. */
const laid = ({ externalId, startDay, endDay, commitment }: ContractItem, before: ContractRow | null, accountId: string): ContractRow | Refused => {
  const [start, end] = [startDay ?? before?.startDay, endDay ?? before?.endDay];
  if (start === undefined) return { code: 'invalid', message: 'startDay: say when the term starts' };
  if (end === undefined) return { code: 'invalid', message: 'endDay: say when the term ends' };
  if (end < start) return { code: 'invalid', message: 'endDay: the term ends before it starts' };
  const committed = commitment === undefined ? (before?.commitment ?? null) : commitment === null ? null : toText(decimal(commitment));
  return { id: before?.id ?? randomUUID(), accountId, externalId, startDay: start, endDay: end, commitment: committed };
};

export const contractKind: StatedKind<ContractItem, ContractRow> = {
  of: 'contracts',
  item: ContractItem,
  stored: contractsBy,
  layer: async () => (item, before, accountId) => {
    const row = laid(item, before, accountId);
    return 'code' in row ? row : { row };
  },
  write: writeContracts,
};

/** Creates and changes contracts by the workspace's own keys. */
export const put = (deps: Deps, who: Who, given: BodyOf<Ops['putContracts']>) => putStated(deps, who, contractKind, given);

/** Contracts of one account or of all. */
export const list = (deps: Deps, who: Who, query: QueryOf<Ops['listContracts']>) => pageFor(deps, who, query, contractPage);
