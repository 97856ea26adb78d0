import { gunzipSync } from 'node:zlib';
import { truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { StealthText } from '../../evidence/evidence.js';
import type { WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';
import { LowBits } from './low-bits.js';
import type { Picture } from './picture.js';

/**
 * Stealth pnginfo (sd_webui_stealth_pnginfo, NovelAI, Forge, SwarmUI): a magic word of 15 bytes, the payload's length
 * in bits as a 32-bit number, and UTF-8 text, possibly gzipped. NovelAI appends error correction data, which are not
 * used.
 */
const MAGIC_BYTES = 15;
export const MAGIC_BITS = MAGIC_BYTES * 8;
const LENGTH_BYTES = 4;

const MAGICS: Readonly<Record<string, Omit<StealthText, 'text'>>> = lookupTable({
  stealth_pnginfo: { channel: 'alpha', compressed: false },
  stealth_pngcomp: { channel: 'alpha', compressed: true },
  stealth_rgbinfo: { channel: 'rgb', compressed: false },
  stealth_rgbcomp: { channel: 'rgb', compressed: true },
});

const FIRST: ReadonlySet<string> = new Set(Object.keys(MAGICS).map((magic) => magic.slice(0, 1)));

export const CHANNELS = ['alpha', 'rgb'] as const;

/** Returns the form that the first bits announce. 120 bits do not match by chance. */
export function readStealthForm(bits: LowBits): Omit<StealthText, 'text'> | undefined {
  // For most pictures the first eight bits already decide.
  if (!FIRST.has(bits.bytes(0, 1).toString('latin1'))) return undefined;
  const form = MAGICS[bits.bytes(0, MAGIC_BYTES).toString('latin1')];
  return form?.channel === bits.channel ? form : undefined;
}

export interface StealthInfo {
  texts: (StealthText & { whole: string })[];
  fault?: WalkFault;
}

/** Reads the texts. `whole` is the text before truncation for evidence, because signed text must not be truncated. */
export function readStealthInfo(picture: Picture): StealthInfo {
  const info: StealthInfo = { texts: [] };
  for (const channel of CHANNELS) {
    const bits = new LowBits(picture, channel);
    const form = readStealthForm(bits);
    if (!form) continue;
    const payload = payloadOf(bits, form.compressed);
    if ('fault' in payload) info.fault ??= payload.fault;
    else {
      const whole = payload.bytes.toString('utf8');
      info.texts.push({ ...form, text: truncate(whole, limits.carrierTextCharacters), whole });
    }
  }
  return info;
}

function payloadOf(bits: LowBits, compressed: boolean): { bytes: Buffer } | { fault: WalkFault } {
  const length = bits.bytes(MAGIC_BITS, LENGTH_BYTES);
  const lengthBits = length.length < LENGTH_BYTES ? 0 : length.readUInt32BE(0);
  const from = MAGIC_BITS + LENGTH_BYTES * 8;
  if (lengthBits === 0 || lengthBits % 8 !== 0 || from + lengthBits > bits.count) {
    return { fault: malformed('stealth.length') };
  }
  if (lengthBits / 8 > limits.stealthBytes) {
    return { fault: bounded('bound.bytes', { place: 'pixels', most: limits.stealthBytes }) };
  }
  const bytes = bits.bytes(from, lengthBits / 8);
  if (!compressed) return { bytes };
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: limits.inflatedTextBytes }) };
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return {
      fault: tooLarge
        ? bounded('bound.bytes', { place: 'pixels', most: limits.inflatedTextBytes })
        : malformed('stealth.gzip'),
    };
  }
}
