import { accountOf } from './traits.ts';
import { contentId, type Fields, fieldsOf, figure, isFields, keyText, type Step, timeMsOf } from './step.ts';

/** The messages of a request: a batch's own, or the one a single call carries. */
export const segmentMessages = (kind: string, body: unknown): readonly unknown[] | null => {
  if (!isFields(body)) return null;
  if (kind !== 'batch' && kind !== 'import') return [{ ...body, type: kind }];
  return Array.isArray(body.batch) ? (body.batch as unknown[]) : null;
};

/**
 * Segment's messages in our words. The account is the groupId: the call's own (`context.groupId`), else the group its
 * user was put into by then. `group` and `identify` put a user into an account; traits of a group are the account's.
 * The value is `properties.value`; revenue is money and stays a property, for a meter to read where it is wanted.
 */
export const segmentSteps = (messages: readonly unknown[], receivedMs: number): Step[] =>
  messages.flatMap((raw) => (isFields(raw) ? stepsOf(raw, receivedMs) : [{ do: 'event', event: raw, user: null } as const]));

const names: Record<string, string> = { page: 'Page', screen: 'Screen' };

const stepsOf = (message: Fields, receivedMs: number): Step[] => {
  switch (message.type) {
    case 'track':
      return [eventOf(message, message.event)];
    case 'page':
    case 'screen':
      return [eventOf(message, names[message.type])];
    case 'group':
      return group(message, receivedMs);
    case 'identify':
      return identify(message, receivedMs);
    case 'alias':
      return alias(message);
    default:
      return [];
  }
};

const userOf = (message: Fields): string | null => keyText(message.userId) ?? keyText(message.anonymousId);
const timeOf = (message: Fields): unknown => message.timestamp ?? message.originalTimestamp;

const eventOf = (message: Fields, name: unknown): Step => {
  const properties = fieldsOf(message.properties);
  const userId = keyText(message.userId);
  const timestamp = timeOf(message);
  const event = {
    id: message.messageId ?? contentId('segment', [message.type, message.userId, message.anonymousId, name, timestamp, message.properties]),
    account: keyText(fieldsOf(message.context).groupId) ?? undefined,
    event: name,
    timestamp,
    value: figure(properties.value),
    properties: {
      ...(typeof message.name === 'string' ? { name: message.name } : {}),
      ...(userId === null ? {} : { user_id: userId }),
      ...properties,
    },
  };
  return { do: 'event', event, user: userOf(message) };
};

const group = (message: Fields, receivedMs: number): Step[] => {
  const account = keyText(message.groupId);
  if (account === null) {
    const event = { id: message.messageId, event: 'group', timestamp: timeOf(message) };
    return [{ do: 'event', event, user: null, fault: { code: 'invalid-account', message: 'groupId of a group call must be a text of 1 to 200 characters' } }];
  }
  return put(message, account, fieldsOf(message.traits), receivedMs);
};

/** A user who says which company is theirs; other traits are a person's and are not kept. */
const identify = (message: Fields, receivedMs: number): Step[] => {
  const company = fieldsOf(fieldsOf(message.traits).company);
  const own = keyText(fieldsOf(message.context).groupId);
  const account = own ?? keyText(company.id);
  const { id: _, ...traits } = company;
  return account === null ? [] : put(message, account, own === null ? traits : {}, receivedMs);
};

const put = (message: Fields, account: string, traits: Fields, receivedMs: number): Step[] => {
  const user = userOf(message);
  const stated: Step = { do: 'account', account: accountOf(account, traits) };
  return user === null ? [stated] : [stated, { do: 'place', user, account, atMs: timeMsOf(timeOf(message), receivedMs) }];
};

const alias = (message: Fields): Step[] => {
  const [from, into] = [keyText(message.previousId), keyText(message.userId)];
  return from === null || into === null || from === into ? [] : [{ do: 'alias', from, into }];
};
