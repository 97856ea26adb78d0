import { existsSync, readFileSync } from 'node:fs';
import { type Case, casesIn } from '../../src/core/law/rulebooks/cases.js';

export { type Case, comesTo as holds, findingsOf, signalsOf } from '../../src/core/law/rulebooks/cases.js';

export function casesOf(id: string): Case[] {
  const file = new URL(`../../src/core/law/rulebooks/${id}/cases.json`, import.meta.url);
  return existsSync(file) ? casesIn(readFileSync(file, 'utf8'), id) : [];
}
