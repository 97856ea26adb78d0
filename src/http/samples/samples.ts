import { fileURLToPath } from 'node:url';

/**
 * Files to begin with, made by this project. They are copies of fixtures (tests/http/samples.test.ts holds them to
 * that), because fixtures are not shipped.
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

/** By which they are told from people's own files. */
export const SAMPLE_TAG = 'sample';
