import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { message } from '../../i18n/message.js';
import type { StealthText } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { defineDetector } from './detector.js';

/** Detects text hidden in the pixels; the generator rows identify the program whose settings it contains. */
export const stealthText = defineDetector({
  id: 'stealth-text',
  needs: ['stealthText'],
  raises: ['watermark.stealthText'],

  detect: ({ stealthText: read }) => (foundValue(read) ?? []).map(signalOf),
});

function signalOf({ channel, compressed, text }: StealthText): Signal {
  return {
    id: 'watermark.stealthText',
    backing: 'inferred',
    messages: {
      value: message(`fact.hiddenText.${channel === 'alpha' ? 'alpha' : 'colour'}`, {
        characters: text.length,
      }),
    },
    grade: 'V',
    facts: [
      { name: 'channel', value: channel },
      { name: 'compressed', messages: { value: message(`fact.compressed.${compressed ? 'yes' : 'no'}`) } },
      { name: 'text', value: truncate(text, limits.shownValueCharacters) },
    ],
    basis: [{ carrier: 'stealthText', locator: `${channel} channel, lowest bits` }],
  };
}
