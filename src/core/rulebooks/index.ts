import { readFileSync } from 'node:fs';
import type { Rulebook } from '../rulebook.js';
import { checkRulebook } from './check.js';

/** In Report order. A rulebook that is not named here does not exist; its file is `<id>.json` beside this one. */
export const RULEBOOK_IDS = ['cn-gb45438-2025'] as const;

const loaded = new Map<string, Rulebook>();

/**
 * The rulebooks asked for, in the order asked; all of them by default. Read and checked once, when first wanted.
 * Throws an error with code `unknown-rulebook` for an id that is not in the list.
 */
export function loadRulebooks(ids: readonly string[] = RULEBOOK_IDS): Rulebook[] {
  return [...new Set(ids)].map((id) => {
    if (!(RULEBOOK_IDS as readonly string[]).includes(id)) {
      throw Object.assign(new Error(`there is no rulebook “${id}”; there are: ${RULEBOOK_IDS.join(', ')}`), {
        code: 'unknown-rulebook',
      });
    }
    const known = loaded.get(id) ?? load(`${id}.json`);
    loaded.set(id, known);
    return known;
  });
}

/** `readFileSync`, not an import attribute: Node 20 prints a warning for those. */
function load(file: string): Rulebook {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return checkRulebook(parse(text, file), file);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`rulebook ${file}: it is not JSON`, { cause });
  }
}
