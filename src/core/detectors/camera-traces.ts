import type { ContainerTag } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { CAMERA_ROWS, NOT_A_CAMERA } from '../signatures/cameras.js';
import { defineDetector } from './detector.js';
import { joinDeviceName } from './exif-field.js';
import { listRaisedSignals, matchRows } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { collectTexts, TEXT_CARRIERS, toNameText } from './texts.js';

/** Matches the rows of signatures/cameras.ts and adds what the phone's own keys state. */
export const cameraTraces = defineDetector({
  id: 'camera-traces',
  needs: TEXT_CARRIERS,
  raises: listRaisedSignals(CAMERA_ROWS),
  detect(evidence, asset, stopped) {
    const tags = foundValue(evidence.bmffMeta) ?? [];
    return matchRows(CAMERA_ROWS, collectTexts(evidence, asset), TRACE_SHAPES, { stopped }).flatMap(
      (signal) => addPhoneFacts(signal, tags),
    );
  },
  detectName: ({ name }) => matchRows(CAMERA_ROWS, [toNameText(name)], TRACE_SHAPES),
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

const MAX_CHARACTERS = 120;

/** Moves make and model into the signal's value, and the remaining keys into its facts. */
function addPhoneFacts(signal: Signal, tags: readonly ContainerTag[]): Signal[] {
  if (signal.id !== 'camera.androidVideo' && signal.id !== 'camera.appleVideo') return [signal];
  const facts = Object.entries(PHONE_FACTS[signal.id]).flatMap(([name, key]): SignalFact[] => {
    const value = tags
      .find((t) => t.key === key)
      ?.value.trim()
      .slice(0, MAX_CHARACTERS);
    return value ? [{ name, value }] : [];
  });
  const of = (name: string) => facts.find((f) => f.name === name)?.value ?? '';
  if (NOT_A_CAMERA.test(of('make')) || NOT_A_CAMERA.test(of('model'))) return [];
  const value = joinDeviceName(of('make'), of('model'));
  return [{ ...signal, ...(value === undefined ? {} : { value }), ...(facts.length === 0 ? {} : { facts }) }];
}
