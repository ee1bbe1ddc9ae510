import type { Random } from './random.ts';

const FIRST = (
  'Northwind Quarrystone Tamarind Brightmoor Pellucid Saltmarsh Copperline Fernhollow Umberfield Ottercreek Larkfold Ravenscar Skerry Osprey Wexcombe Zephyrine ' +
  'Alderway Bluefinch Cinderhall Driftwood Eastgate Foxglove Graniteville Hazelmere Ironbridge Juniper Kestrel Lanternfield Millbrook Nettlecombe Oakhaven Pinecrest ' +
  'Quillon Redwater Silverbirch Thornbury Upland Valewood Windermere Yarrow Ashgrove Birchline Cloverdale Dovetail Elmstead Fallowfield Goldcrest Harbourlight Inglenook ' +
  'Jadeport Kingfisher Longshore Marlowe Newhaven Orchardson Plumtree Rookery Stonewell Tidewater Underhill Violet Westering Amberley Bracken Calder'
).split(' ');

const TRADES = {
  Robotics: ['Robotics', 'Automation', 'Dynamics'],
  Logistics: ['Freight', 'Logistics', 'Transport'],
  Health: ['Health', 'Clinics', 'Diagnostics'],
  'Life science': ['Biologics', 'Genomics', 'Therapeutics'],
  Geodata: ['Maps', 'Survey', 'Earth'],
  Energy: ['Energy', 'Grid', 'Solar'],
  Payments: ['Payments', 'Pay', 'Ledger'],
  Retail: ['Foods', 'Stores', 'Outfitters'],
  Games: ['Games', 'Play', 'Studios'],
  Media: ['Media', 'Broadcast', 'Pictures'],
  Insurance: ['Mutual', 'Assurance', 'Cover'],
  Research: ['Labs', 'Institute', 'Research'],
} as const satisfies Record<string, readonly string[]>;

export const INDUSTRIES = Object.keys(TRADES) as (keyof typeof TRADES)[];

/** A company name nobody has taken yet, and the industry it speaks of. */
export const companyName = (random: Random, taken: Set<string>): { name: string; industry: string } => {
  for (;;) {
    const industry = random.pick(INDUSTRIES);
    const name = `${random.pick(FIRST)} ${random.pick(TRADES[industry])}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return { name, industry };
  }
};
