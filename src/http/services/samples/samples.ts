import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * Sample files for new users, made by this project. They are copies of fixtures, which are not shipped
 * (tests/http/samples.test.ts checks that they are equal).
 */
export const SAMPLES = {
  'signed-picture': { file: 'signed-picture.png', declaredMediaType: 'image/png' },
  'labelled-video': { file: 'labelled-video.mp4', declaredMediaType: 'video/mp4' },
  'plain-picture': { file: 'plain-picture.jpg', declaredMediaType: 'image/jpeg' },
} as const;

export type SampleName = keyof typeof SAMPLES;
export const SAMPLE_NAMES = Object.keys(SAMPLES) as SampleName[];

export const isSampleName = (name: string): name is SampleName => Object.hasOwn(SAMPLES, name);

export const samplePath = (name: SampleName): string =>
  fileURLToPath(new URL(SAMPLES[name].file, import.meta.url));

/** Returns the sample with these bytes; `undefined` if none has them. */
export async function findSample(sha256: string | undefined): Promise<SampleName | undefined> {
  for (const name of SAMPLE_NAMES) {
    const bytes = await readFile(samplePath(name));
    if (createHash('sha256').update(bytes).digest('hex') === sha256) return name;
  }
  return undefined;
}

/** Tag that distinguishes samples from people's own files. */
export const SAMPLE_TAG = 'sample';
