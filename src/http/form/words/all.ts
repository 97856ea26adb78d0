import type { Language } from '../../../say/languages.js';
import { en } from './en.js';
import type { PageWords } from './page-words.js';
import { zh } from './zh.js';

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { en, 'zh-Hans': zh };
