import type { ContainerTag } from '../evidence/evidence.js';
import { readValue } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { CAMERA_ROWS, NOT_A_CAMERA } from '../signatures/cameras.js';
import { defineDetector } from './detector.js';
import { deviceName } from './exif-field.js';
import { matchRows, raisedBy } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { nameText, TEXT_CARRIERS, textsOf } from './texts.js';

/** Rows of signatures/cameras.ts, with what the phone's keys say of it. */
export const cameraTraces = defineDetector({
  id: 'camera-traces',
  needs: TEXT_CARRIERS,
  raises: raisedBy(CAMERA_ROWS),
  detect(evidence, asset, stopped) {
    const tags = readValue(evidence.bmffMeta) ?? [];
    return matchRows(CAMERA_ROWS, textsOf(evidence, asset), TRACE_SHAPES, { stopped }).flatMap((signal) =>
      described(signal, tags),
    );
  },
  ofName: ({ name }) => matchRows(CAMERA_ROWS, [nameText(name)], TRACE_SHAPES),
});

const PHONE_FACTS = {
  'camera.androidVideo': {
    make: 'com.android.manufacturer',
    model: 'com.android.model',
    software: 'com.android.version',
  },
  'camera.appleVideo': {
    make: 'com.apple.quicktime.make',
    model: 'com.apple.quicktime.model',
    software: 'com.apple.quicktime.software',
    created: 'com.apple.quicktime.creationdate',
  },
} as const;

const MOST_CHARACTERS = 120;

/** Make and model as the signal's value, and the rest as facts. */
function described(signal: Signal, tags: readonly ContainerTag[]): Signal[] {
  if (signal.id !== 'camera.androidVideo' && signal.id !== 'camera.appleVideo') return [signal];
  const facts = Object.entries(PHONE_FACTS[signal.id]).flatMap(([name, key]): SignalFact[] => {
    const value = tags
      .find((t) => t.key === key)
      ?.value.trim()
      .slice(0, MOST_CHARACTERS);
    return value ? [{ name, value }] : [];
  });
  const of = (name: string) => facts.find((f) => f.name === name)?.value ?? '';
  if (NOT_A_CAMERA.test(of('make')) || NOT_A_CAMERA.test(of('model'))) return [];
  const value = deviceName(of('make'), of('model'));
  return [{ ...signal, ...(value === undefined ? {} : { value }), ...(facts.length === 0 ? {} : { facts }) }];
}
