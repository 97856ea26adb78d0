import { existsSync, readFileSync } from 'node:fs';
import { type Case, parseCases } from '../../../src/core/law/rulebooks/cases.js';

export { type Case, evaluateCase, passesCase, signalsOf } from '../../../src/core/law/rulebooks/cases.js';

export function casesOf(id: string): Case[] {
  const file = new URL(`../../../src/core/law/rulebooks/${id}/cases.json`, import.meta.url);
  return existsSync(file) ? parseCases(readFileSync(file, 'utf8'), id) : [];
}
