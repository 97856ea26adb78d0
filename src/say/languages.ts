import { LANGUAGES } from '../catalogues/messages.js';

/** Languages that Assay speaks, as BCP 47 tags: one for each file in `catalogues/`. */
export { LANGUAGES };
export type Language = (typeof LANGUAGES)[number];

const TAG_CHARACTERS = 35;

/**
 * The language of ours that a tag asks for: `zh`, `zh-CN` and `zh-Hans-SG` ask for Simplified Chinese. Undefined for
 * one that we do not speak, traditional Chinese among them: who prefers it says so by what comes next in the list.
 */
export function languageOf(tag: string): Language | undefined {
  if (tag.length > TAG_CHARACTERS) return undefined;
  const asked = fullTag(tag.trim().replaceAll('_', '-'));
  return asked === undefined ? undefined : LANGUAGES.find((one) => fullTag(one) === asked);
}

/** `zh-SG` → `zh-Hans`: language and script, the script being the one that is usual there. */
function fullTag(tag: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script ?? ''}`;
  } catch {
    return undefined;
  }
}
