/** An address made from a name: "Acme & Sons" → "acme-sons"; may be empty when the name has no letters it can use. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');

/** The IANA zones the browser knows, as options; UTC first. */
export const zoneOptions = (): { value: string; label: string }[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

/** Currencies, as options with their names. */
export const currencyOptions = (): { value: string; label: string; hint: string }[] => {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: code, hint: names.of(code) ?? '' }));
};

/** Where the browser is. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
