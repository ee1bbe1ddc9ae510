/**
 * The states a thing can be in and their classes. Colour means state only, and never stands alone:
 * each use adds a shape or a word. Written out because Tailwind finds classes in the source text.
 */
export const tones = {
  risk: { solid: 'text-risk', fill: 'bg-risk', soft: 'bg-risk-soft text-risk-text', text: 'text-risk-text', colour: 'var(--risk)' },
  watch: { solid: 'text-watch', fill: 'bg-watch', soft: 'bg-watch-soft text-watch-text', text: 'text-watch-text', colour: 'var(--watch)' },
  healthy: { solid: 'text-healthy', fill: 'bg-healthy', soft: 'bg-healthy-soft text-healthy-text', text: 'text-healthy-text', colour: 'var(--healthy)' },
  expansion: {
    solid: 'text-expansion',
    fill: 'bg-expansion',
    soft: 'bg-expansion-soft text-expansion-text',
    text: 'text-expansion-text',
    colour: 'var(--expansion)',
  },
  onboarding: {
    solid: 'text-onboarding',
    fill: 'bg-onboarding',
    soft: 'bg-onboarding-soft text-onboarding-text',
    text: 'text-onboarding-text',
    colour: 'var(--onboarding)',
  },
  quiet: { solid: 'text-dormant', fill: 'bg-dormant', soft: 'bg-dormant-soft text-dormant-text', text: 'text-dormant-text', colour: 'var(--dormant)' },
} as const satisfies Record<string, { solid: string; fill: string; soft: string; text: string; colour: string }>;
export type Tone = keyof typeof tones;
