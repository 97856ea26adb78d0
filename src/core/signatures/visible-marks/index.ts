import { AI_GENERATED_WORDS } from './ai-generated-words.js';
import { CHINESE_SERVICE_WORDS } from './chinese-service-words.js';
import { GB45438_WORDS } from './gb45438-words.js';
import { GEMINI_STAR } from './gemini-star.js';
import { PIKA_WORDS } from './pika-words.js';
import type { VisibleMarkRow } from './row.js';
import { SAMSUNG_ITALIAN_WORDS } from './samsung-italian-words.js';

/** All visible marks. Of the words in a line, the first row that fits is told. */
export const VISIBLE_MARKS: readonly VisibleMarkRow[] = [
  GEMINI_STAR,
  GB45438_WORDS,
  CHINESE_SERVICE_WORDS,
  SAMSUNG_ITALIAN_WORDS,
  AI_GENERATED_WORDS,
  PIKA_WORDS,
];
