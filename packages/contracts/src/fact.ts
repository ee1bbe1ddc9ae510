/** What a webhook endpoint can subscribe to. */
export const webhookEvents = {
  'alert.opened': { label: 'An alert opened', words: 'A rule was crossed. Alerts of days closed late come together, as alert.digest' },
  'alert.resolved': { label: 'An alert resolved', words: 'It cleared by itself or was resolved by a person' },
  'segment.changed': { label: 'An account changed segment', words: 'With the segment before and after' },
  'task.created': { label: 'A task was created', words: 'By an alert or by a person' },
  'task.closed': { label: 'A task was closed', words: 'Done or dismissed, with what came of it' },
  'data.fault': {
    label: 'Usage stopped together',
    words: 'A fault of the data, not of the accounts: scores are held until it ends, which is told as data.fault.ended',
  },
} as const satisfies Record<string, { label: string; words: string }>;
export type WebhookEvent = keyof typeof webhookEvents;
export const WEBHOOK_EVENTS = Object.keys(webhookEvents) as [WebhookEvent, ...WebhookEvent[]];
