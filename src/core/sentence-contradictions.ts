import { type Said, said } from '../say/said.js';
import type { Signal } from './signal.js';
import type { SignalOrigins } from './signal-origins.js';
import { toolSaid } from './terms.js';

/** Whose statement a signal is, for the words about two that do not go together. */
type Speaker =
  | 'manifest'
  | 'iptcCredit'
  | 'iptc'
  | 'gb45438'
  | 'exif'
  | 'camera'
  | 'recorder'
  | 'watermark'
  | 'proof'
  | 'label'
  | 'trace';

/** `first`: at the beginning of a sentence; `by`: within one. */
export function speakerSaid(at: 'first' | 'by', signal: Signal, origins: SignalOrigins): Said {
  const known = SPEAKERS.find(([pattern]) => pattern.test(signal.id))?.[1];
  if (known !== undefined) return said(`contradiction.${at}.${known}`);
  const speaker = /\.aiLabel(\.|$)/.test(signal.id) ? 'label' : 'trace';
  const tool = origins.toolOf(signal);
  return tool === undefined
    ? said(`contradiction.${at}.${speaker}`)
    : said(`contradiction.${at}.${speaker}Of`, { tool: toolSaid(tool) });
}

const SPEAKERS: readonly (readonly [RegExp, Speaker])[] = [
  [/^c2pa\./, 'manifest'],
  [/^iptc\.credit\./, 'iptcCredit'],
  [/^iptc\./, 'iptc'],
  [/^gb45438\./, 'gb45438'],
  [/^camera\.exif$/, 'exif'],
  [/^camera\./, 'camera'],
  [/^recorder\./, 'recorder'],
  [/^watermark\./, 'watermark'],
  [/\.proof\./, 'proof'],
];
