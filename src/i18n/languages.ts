import { LANGUAGES, MISSING_TEXTS } from './catalogues/messages.js';

/** Supported languages as BCP 47 tags, one for each file in `catalogues/`, and how many texts each still lacks. */
export { LANGUAGES, MISSING_TEXTS };
export type Language = (typeof LANGUAGES)[number];

const TAG_CHARACTERS = 35;

/**
 * Returns the supported language for a tag: `zh`, `zh-CN` and `zh-Hans-SG` yield Simplified Chinese. `undefined` for
 * unsupported ones, including Traditional Chinese: its readers choose the substitute by the next entry of their list.
 */
export function matchLanguage(tag: string): Language | undefined {
  if (tag.length > TAG_CHARACTERS) return undefined;
  const requested = maximizeTag(tag.trim().replaceAll('_', '-'));
  return requested === undefined ? undefined : LANGUAGES.find((one) => maximizeTag(one) === requested);
}

/** `zh-SG` → `zh-Hans`: language and its usual script in that region. */
function maximizeTag(tag: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script ?? ''}`;
  } catch {
    return undefined;
  }
}
