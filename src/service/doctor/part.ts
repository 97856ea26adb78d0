import { setTimeout as delay } from 'node:timers/promises';
import { type Message, message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import type { Translator } from '../../i18n/translator.js';

/**
 * `found`: present and working. `limited`: works, but something is missing. `not-found`: absent and optional.
 * `not-used`: not requested. `failed`: requested or needed, and does not work.
 */
export const PART_STATES = ['found', 'limited', 'not-found', 'not-used', 'failed'] as const;
export type DoctorPartState = (typeof PART_STATES)[number];

/** In the order in which doctor shows them. Each has its name in the catalogues, `doctor.name.…`. */
export const PART_IDS = [
  'assay',
  'node',
  'machine',
  'code',
  'engine-native',
  'engine-wasm',
  'isolation',
  'system-calls',
  'trust-lists',
  'ffmpeg',
  'fpcalc',
  'tesseract',
  'archives',
  'chromium',
  'fonts',
  'law',
  'sqlite',
  'postgresql',
  'fingerprints',
  'links',
  'disk',
  'secret-key',
  'seal-key',
] as const;
export type DoctorPartId = (typeof PART_IDS)[number];

/** One thing that doctor checks on this machine. */
export interface DoctorPart {
  id: DoctorPartId;
  state: DoctorPartState;
  /** Message with the version, count or path that was found. */
  detail: Message;
  /** Message that says what does not work in this state; a sentence. */
  lost?: Message;
  /** Message that says how to fix it. */
  remedy?: Message;
}

/** A part in the language of the reader. */
export interface DoctorPartView {
  id: DoctorPartId;
  name: string;
  state: DoctorPartState;
  detail: string;
  lost?: string;
  remedy?: string;
}

export function toDoctorPartView(
  { id, state, detail, lost, remedy }: DoctorPart,
  translator: Translator,
): DoctorPartView {
  return {
    id,
    name: translator.text(`doctor.name.${id}`),
    state,
    detail: translator.translate(detail),
    ...(lost && { lost: translator.translate(lost) }),
    ...(remedy && { remedy: translator.translate(remedy) }),
  };
}

export const verbatimMessage = (text: string): Message => message('text.asWritten', { text });

/** Returns one `failed` part if `look` throws or exceeds `millis`. Parts handle their expected errors themselves. */
export async function checkWithTimeout(
  id: DoctorPartId,
  millis: number,
  look: () => Promise<DoctorPart[]>,
): Promise<DoctorPart[]> {
  const late = new AbortController();
  const failed = (detail: Message): DoctorPart[] => [{ id, state: 'failed', detail }];
  const silence = delay(millis, undefined, { signal: late.signal }).then(
    () => failed(message('doctor.late', { seconds: String(millis / 1000) })),
    () => [],
  );
  try {
    return await Promise.race([look(), silence]);
  } catch (error) {
    return failed(messageOf(error));
  } finally {
    late.abort();
  }
}
