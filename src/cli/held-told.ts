import { partInChinese } from '../doctor/words-zh.js';
import { diagnostics } from '../isolation/diagnostics.js';
import type { Held } from '../isolation/held.js';
import type { Language } from '../say/languages.js';
import { type Io, say } from './io.js';
import { spoken } from './language.js';

/**
 * Says on stderr when files are read with less around them than a sandbox, in one line each time that changes. What the
 * operator chose is told by what runs on alone (`always`). Gives back what ends it.
 */
export function tellHeld(
  io: Io,
  { language, always = false }: { language?: Language; always?: boolean } = {},
) {
  let without = false;
  return diagnostics.held.subscribe((held) => {
    if (held.because === undefined) {
      if (without) say(io, BACK[spoken(language, io.env)]);
      without = false;
    } else if (always || held.because !== 'switched-off') {
      without = true;
      say(io, lineOf(held, spoken(language, io.env)));
    }
  });
}

const BACK: Record<Language, string> = {
  en: 'assay: files are read in a sandbox again',
  'zh-Hans': 'assay：文件重新在沙箱中读取',
};

function lineOf({ words, lost, remedy, because }: Held, language: Language): string {
  const part = {
    id: 'isolation',
    name: '',
    state: 'limited' as const,
    detail: words,
    ...(lost && { lost }),
    // Whoever switched it off knows how to have it.
    ...(remedy && because !== 'switched-off' && { remedy }),
  };
  if (language === 'zh-Hans') {
    const { detail, lost: lacks = '', remedy: cure = '' } = partInChinese(part);
    return `assay：文件未在沙箱中读取（${detail}）。${lacks}${cure}`;
  }
  return `assay: files are read without a sandbox (${part.detail}). ${[lost, part.remedy].filter(Boolean).join(' ')}`;
}
