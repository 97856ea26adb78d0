import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { GENERATOR_NAME } from '../signatures/ai-text.js';
import { NOT_A_CAMERA } from '../signatures/cameras.js';
import {
  DEVICE_FIELDS,
  type DeviceField,
  NON_CAMERA_MAKE,
  NON_CAMERA_MODEL,
} from '../signatures/device-fields.js';
import { defineDetector } from './detector.js';
import { isEmptyValue, joinDeviceName, MAX_NAME_CHARACTERS } from './exif-field.js';
import { SignalCollector } from './gathered-signals.js';
import { collectTexts, type FileText, TEXT_CARRIERS } from './texts.js';

/**
 * Detects a make or model wherever a file names one, even without the other fields of a photo. It names a device but
 * states no capture: the same words appear in drawings, exports and copies.
 */
export const cameraNamed = defineDetector({
  id: 'camera-named',
  needs: TEXT_CARRIERS,
  raises: ['camera.named'],
  detect(evidence, asset, _stopped, before = []) {
    if (before.some(({ id }) => SCANNERS.has(id))) return [];
    const known = new Set(
      before.map(({ id, value }) => (signalRowOf(id).pageRow === 'camera' ? value : undefined)),
    );
    const found = new SignalCollector();
    const texts = collectTexts(evidence, asset);
    for (const field of DEVICE_FIELDS) {
      const named = findNames(field, texts);
      if (named === undefined || known.has(named.value) || !isCamera(named)) continue;
      for (const { location } of named.texts) found.add('camera.named', 'inferred', named.value, location);
    }
    return found.list();
  },
});

const SCANNERS: ReadonlySet<Signal['id']> = new Set<Signal['id']>(['camera.scanner', 'camera.hint.scanner']);

interface NamedCamera {
  value: string;
  maker: FileText | undefined;
  device: FileText | undefined;
  texts: FileText[];
}

function findNames(
  { carrier, make, model }: DeviceField,
  texts: readonly FileText[],
): NamedCamera | undefined {
  const first = (names: ReadonlySet<string>) =>
    texts.find((one) => names.has(one.field) && one.carrier === carrier && isName(one.text));
  const maker = first(make);
  const device = first(model);
  const value = joinDeviceName(maker?.text, device?.text);
  return value === undefined
    ? undefined
    : { value, maker, device, texts: [maker, device].filter((text) => text !== undefined) };
}

const isName = (text: string): boolean =>
  text.length <= MAX_NAME_CHARACTERS && !isEmptyValue(text) && /\p{L}/u.test(text);

const isCamera = ({ maker, device, texts }: NamedCamera): boolean =>
  !NON_CAMERA_MAKE.test(maker?.text ?? '') &&
  !NON_CAMERA_MODEL.test(device?.text ?? '') &&
  !texts.some(({ text }) => NOT_A_CAMERA.test(text) || GENERATOR_NAME.test(text));
