import { said } from '../../say/said.js';
import type { StealthText } from '../evidence/evidence.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { readValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';

/** That text is hidden in the pixels; whose settings it holds is told by the rows of generators. */
export const stealthText = defineDetector({
  id: 'stealth-text',
  needs: ['stealthText'],
  raises: ['watermark.stealthText'],

  detect: ({ stealthText: read }) => (readValue(read) ?? []).map(signalOf),
});

function signalOf({ channel, compressed, text }: StealthText): Signal {
  return {
    id: 'watermark.stealthText',
    backing: 'inferred',
    said: {
      value: said(`fact.hiddenText.${channel === 'alpha' ? 'alpha' : 'colour'}`, { characters: text.length }),
    },
    grade: 'V',
    facts: [
      { name: 'channel', value: channel },
      { name: 'compressed', said: { value: said(`fact.compressed.${compressed ? 'yes' : 'no'}`) } },
      { name: 'text', value: cut(text, limits.shownValueCharacters) },
    ],
    basis: [{ carrier: 'stealthText', place: `${channel} channel, lowest bits` }],
  };
}
