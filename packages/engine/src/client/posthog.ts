import { accountOf } from './traits.ts';
import { contentId, type Fields, fieldsOf, figure, isFields, keyText, type Step } from './step.ts';

/** The group types that are an account where nobody says which is, the first that an event has. */
const ACCOUNT_TYPES = ['company', 'account', 'organization'] as const;

/** The messages of a request: a batch's own, a list, or the one it is. */
export const posthogMessages = (body: unknown): readonly unknown[] | null => {
  if (Array.isArray(body)) return body as unknown[];
  if (!isFields(body)) return null;
  if (body.batch === undefined) return [body];
  return Array.isArray(body.batch) ? (body.batch as unknown[]) : null;
};

/** The project key where it travels in the body. */
export const posthogToken = (body: unknown): string | null => {
  const { api_key: key, token, properties } = fieldsOf(Array.isArray(body) ? body[0] : body);
  const found = key ?? token ?? fieldsOf(properties).token;
  return typeof found === 'string' ? found : null;
};

/**
 * PostHog's messages in our words. The account is the group of the type that is the account (`accountType`, or the first
 * of company, account, organization, or the only one an event has), else where its user belongs. `$groupidentify` says
 * the account's fields. PostHog's own events (`$…`: flags, page views, people) are no usage and are let go.
 */
export const posthogSteps = (messages: readonly unknown[], accountType: string | null): Step[] =>
  messages.flatMap((raw) => (isFields(raw) ? stepsOf(raw, accountType) : [{ do: 'event', event: raw, user: null } as const]));

const stepsOf = (message: Fields, accountType: string | null): Step[] => {
  const properties = fieldsOf(message.properties);
  if (message.event === '$groupidentify') return groupIdentify(properties, accountType);
  if (message.event === '$create_alias') return alias(message, properties);
  return typeof message.event === 'string' && message.event.startsWith('$') ? [] : [eventOf(message, properties, accountType)];
};

const eventOf = (message: Fields, properties: Fields, accountType: string | null): Step => {
  const { timestamp, event: name } = message;
  const user = userOf(message, properties);
  const own = Object.entries(properties).filter(([key]) => !key.startsWith('$') && key !== 'token' && key !== 'distinct_id');
  const event = {
    id: message.uuid ?? contentId('posthog', [user, name, timestamp, properties]),
    account: accountIn(fieldsOf(properties.$groups), accountType) ?? undefined,
    event: name,
    timestamp,
    value: figure(properties.value),
    properties: { ...(user === null ? {} : { distinct_id: user }), ...Object.fromEntries(own) },
  };
  return { do: 'event', event, user };
};

const userOf = (message: Fields, properties: Fields): string | null => keyText(message.distinct_id) ?? keyText(properties.distinct_id);

const accountIn = (groups: Fields, accountType: string | null): string | null => {
  if (accountType !== null) return keyText(groups[accountType]);
  const named = ACCOUNT_TYPES.find((type) => keyText(groups[type]) !== null);
  const types = Object.keys(groups);
  return keyText(groups[named ?? (types.length === 1 ? (types[0] ?? '') : '')]);
};

/** Only a type that is the account without doubt: a group of another type is not told apart from one inside an account. */
const groupIdentify = (properties: Fields, accountType: string | null): Step[] => {
  const { $group_type: type, $group_key: key, $group_set: traits } = properties;
  const account = keyText(key);
  const isAccount = accountType === null ? (ACCOUNT_TYPES as readonly unknown[]).includes(type) : type === accountType;
  return isAccount && account !== null ? [{ do: 'account', account: accountOf(account, fieldsOf(traits)) }] : [];
};

const alias = (message: Fields, properties: Fields): Step[] => {
  const [from, into] = [keyText(properties.alias), userOf(message, properties)];
  return from === null || into === null || from === into ? [] : [{ do: 'alias', from, into }];
};
