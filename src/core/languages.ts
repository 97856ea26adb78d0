import type { RuleLanguage } from './rule-terms.js';

/** Languages that Assay speaks, as BCP 47 tags. */
export const LANGUAGES = ['en', 'zh-Hans'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Rulebooks name theirs by the shorter tag. */
export const RULE_LANGUAGE = { en: 'en', 'zh-Hans': 'zh' } as const satisfies Record<Language, RuleLanguage>;

const TAG_CHARACTERS = 35;

/**
 * The language of ours that a tag asks for: `zh`, `zh-CN` and `zh-Hans-SG` ask for Simplified Chinese. Undefined for
 * one that we do not speak, traditional Chinese among them: who prefers it says so by what comes next in the list.
 */
export function languageOf(tag: string): Language | undefined {
  if (tag.length > TAG_CHARACTERS) return undefined;
  const [language, ...parts] = tag.trim().toLowerCase().split(/[-_]/);
  if (language === 'en') return 'en';
  if (language !== 'zh' || parts.includes('hant')) return undefined;
  const traditional = ['tw', 'hk', 'mo'].some((region) => parts.includes(region));
  return traditional && !parts.includes('hans') ? undefined : 'zh-Hans';
}
