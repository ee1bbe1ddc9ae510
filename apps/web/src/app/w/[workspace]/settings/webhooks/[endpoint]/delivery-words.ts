import type { DELIVERY_STATES } from '@tideline/contracts/webhook';
import type { Tone } from '../../../../../../ui/tone.ts';

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of a message: a word and a tone. */
export const deliveryStates = {
  owed: { label: 'Waiting', tone: 'watch' },
  sent: { label: 'Delivered', tone: 'healthy' },
  failed: { label: 'Given up', tone: 'risk' },
} as const satisfies Record<DeliveryState, { label: string; tone: Tone }>;

export const isDeliveryState = (state: string): state is DeliveryState => Object.hasOwn(deliveryStates, state);
