import type { Language } from '../../say/languages.js';
import { en } from './en/index.js';
import type { Words } from './words.js';
import { zh } from './zh/index.js';

export const WORDS: Readonly<Record<Language, Words>> = { en, 'zh-Hans': zh };
