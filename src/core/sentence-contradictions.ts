import type { Signal } from './signal.js';
import type { SignalOrigins } from './signal-origins.js';
import type { Speaker } from './words/sentence.js';

/** Whose statement a signal is, for the words about two that do not go together. */
export function speakerOf(signal: Signal, origins: SignalOrigins): Speaker {
  const known = SPEAKERS.find(([pattern]) => pattern.test(signal.id))?.[1];
  if (known !== undefined) return known;
  const tool = origins.toolOf(signal);
  return /\.aiLabel(\.|$)/.test(signal.id) ? { label: tool } : { trace: tool };
}

const SPEAKERS: readonly (readonly [RegExp, Speaker])[] = [
  [/^c2pa\./, 'manifest'],
  [/^iptc\.credit\./, 'iptc-credit'],
  [/^iptc\./, 'iptc'],
  [/^gb45438\./, 'gb45438'],
  [/^camera\.exif$/, 'exif'],
  [/^camera\./, 'camera'],
  [/^recorder\./, 'recorder'],
  [/^watermark\./, 'watermark'],
  [/\.proof\./, 'proof'],
];
