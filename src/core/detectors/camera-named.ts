import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { GENERATOR_NAME } from '../signatures/ai-text.js';
import { NOT_A_CAMERA } from '../signatures/cameras.js';
import {
  DEVICE_FIELDS,
  type DeviceField,
  NO_CAMERA_MAKE,
  NO_CAMERA_MODEL,
} from '../signatures/device-fields.js';
import { defineDetector } from './detector.js';
import { deviceName, MOST_NAME_CHARACTERS, saysNothing } from './exif-field.js';
import { GatheredSignals } from './gathered-signals.js';
import { TEXT_CARRIERS, type Text, textsOf } from './texts.js';

/**
 * A make or a model wherever a file names one, alone or without the other fields of a photo. It names a device and states
 * no capture: the same words stand in drawings, exports and copies.
 */
export const cameraNamed = defineDetector({
  id: 'camera-named',
  needs: TEXT_CARRIERS,
  raises: ['camera.named'],
  detect(evidence, asset, _stopped, before = []) {
    if (before.some(({ id }) => SCANNERS.has(id))) return [];
    const known = new Set(before.map(({ id, value }) => (rowOf(id).row === 'camera' ? value : undefined)));
    const found = new GatheredSignals();
    const texts = textsOf(evidence, asset);
    for (const field of DEVICE_FIELDS) {
      const named = namedIn(field, texts);
      if (named === undefined || known.has(named.value) || !isCamera(named)) continue;
      for (const { location } of named.texts) found.add('camera.named', 'inferred', named.value, location);
    }
    return found.list();
  },
});

const SCANNERS: ReadonlySet<Signal['id']> = new Set<Signal['id']>(['camera.scanner', 'camera.hint.scanner']);

interface Named {
  value: string;
  maker: Text | undefined;
  device: Text | undefined;
  texts: Text[];
}

function namedIn({ carrier, make, model }: DeviceField, texts: readonly Text[]): Named | undefined {
  const first = (names: ReadonlySet<string>) =>
    texts.find((one) => names.has(one.field) && one.carrier === carrier && isName(one.text));
  const maker = first(make);
  const device = first(model);
  const value = deviceName(maker?.text, device?.text);
  return value === undefined
    ? undefined
    : { value, maker, device, texts: [maker, device].filter((text) => text !== undefined) };
}

const isName = (text: string): boolean =>
  text.length <= MOST_NAME_CHARACTERS && !saysNothing(text) && /\p{L}/u.test(text);

const isCamera = ({ maker, device, texts }: Named): boolean =>
  !NO_CAMERA_MAKE.test(maker?.text ?? '') &&
  !NO_CAMERA_MODEL.test(device?.text ?? '') &&
  !texts.some(({ text }) => NOT_A_CAMERA.test(text) || GENERATOR_NAME.test(text));
