import { asSystem } from '@tideline/db/system';
import { personByEmail } from '@tideline/db/read/person';
import { keyedAccounts } from '@tideline/db/read/family';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { insertDemoAccounts } from '@tideline/db/write/demo';
import { lockFamilies } from '@tideline/db/write/family';
import { insertMember } from '@tideline/db/write/member';
import { insertPerson } from '@tideline/db/write/person';
import { addDays, startOfDay, type Day } from '@tideline/domain/calendar';
import type { Deps, Who } from '../deps.ts';
import { place } from '../family.ts';
import * as meter from '../meter.ts';
import * as milestone from '../milestone.ts';
import { hashPassword } from '../password.ts';
import { setUpWorkspace } from '../set-up-workspace.ts';
import { makeWorkspace } from '../setup.ts';
import { accountsOf, DEMO_PASSWORD, firstDayOf, type DemoBusiness } from './business.ts';
import { demoFamilies } from './families.ts';
import { peopleDemo } from './people.ts';
import type { Stage } from './stage.ts';

/** Who writes the demo: the product itself, in this workspace. */
export const writer = (workspaceId: string): Who => ({ workspaceId, userId: null, role: 'ADMIN', actor: 'Demo', ownAccountsOf: null });

/** Makes a demo workspace; it is empty until it is furnished. */
export const makeStage = async (deps: Deps, business: DemoBusiness): Promise<void> => {
  const people = await makePeople(deps, business);
  const admin = people.find((person) => person.role === 'ADMIN');
  if (!admin) throw new Error(`${business.slug} has no admin`);
  const { slug, name, timezone, currency } = business;
  await asSystem(deps.system, 'demo', (tx) => makeWorkspace(tx, { slug, name, timezone, currency, demo: true, createdAt: deps.now() }, admin.id));
};

/** Gives a demo workspace its people, meters, prices, milestone and accounts, and no usage yet. What is there already stays. */
export const furnish = async (deps: Deps, { business, workspaceId, anchor }: Stage): Promise<void> => {
  const people = await makePeople(deps, business);
  await withWorkspace(deps.db, workspaceId, async (tx) => {
    await setUpWorkspace(tx, deps.now());
    for (const person of people) await insertMember(tx, person.id, person.role);
  });
  await makeMeters(deps, writer(workspaceId), business, anchor);
  const owners = people.filter((person) => person.role === 'CSM').map((person) => person.id);
  const accounts = accountsOf(business, anchor);
  await withWorkspace(deps.db, workspaceId, async (tx) => {
    await insertDemoAccounts(
      tx,
      accounts.map((account) => ({ ...account, ownerId: account.owner === null ? null : (owners[account.owner] ?? null) })),
    );
    await peopleDemo(tx, accounts, anchor);
    await makeFamilies(tx, demoFamilies(accounts), deps.now());
  });
};

const makeFamilies = async (tx: WorkspaceTx, families: ReturnType<typeof demoFamilies>, at: Date): Promise<void> => {
  await lockFamilies(tx);
  const keys = families.flatMap(({ child, parent }) => [child, parent]);
  const ids = new Map((await keyedAccounts(tx, keys, null)).map(({ externalId, id }) => [externalId, id]));
  const wishes = families.flatMap(({ child, parent }) => {
    const [id, above] = [ids.get(child), ids.get(parent)];
    return id && above ? [{ id, parent: above }] : [];
  });
  await place(tx, wishes, at);
};

const makePeople = async (deps: Deps, business: DemoBusiness): Promise<{ id: string; role: DemoBusiness['people'][number]['role'] }[]> => {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return asSystem(deps.system, 'demo people', async (tx) => {
    const made = [];
    for (const { email, name, role } of business.people) {
      const id = (await insertPerson(tx, { email, name, passwordHash })) ?? (await personByEmail(tx, email))?.id;
      if (!id) throw new Error(`${email} could not be made`);
      made.push({ id, role });
    }
    return made;
  });
};

const makeMeters = async (deps: Deps, who: Who, business: DemoBusiness, anchor: Day): Promise<void> => {
  // meters are as old as the business, so that prices hold from its first day
  const then: Deps = { ...deps, now: () => startOfDay(addDays(firstDayOf(business, anchor), -1), business.timezone) };
  const ids = new Map((await meter.list(then, who)).map(({ key, id }) => [key, id]));
  for (const { key, name, unit, event, aggregation, unitPrice } of business.meters) {
    const id = ids.get(key) ?? (await meter.create(then, who, { key, name, unit, eventName: event, aggregation })).id;
    ids.set(key, id);
    await meter.setPrice(then, who, id, { unitPrice, effectiveFrom: firstDayOf(business, anchor) });
  }
  const meterId = ids.get(business.firstValue.meter);
  if (!meterId || (await milestone.list(then, who)).length > 0) return;
  await milestone.create(then, who, { name: business.firstValue.name, meterId, threshold: business.firstValue.threshold, firstValue: true });
};
