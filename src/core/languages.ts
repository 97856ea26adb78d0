import type { Language } from '../say/languages.js';
import type { RuleLanguage } from './rule-terms.js';

/** Rulebooks name theirs by the shorter tag. */
export const RULE_LANGUAGE = { en: 'en', 'zh-Hans': 'zh' } as const satisfies Record<Language, RuleLanguage>;
