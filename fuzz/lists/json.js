import { HOSTILE_TEXTS } from '../hostile-texts.js';

/** Manipulates JSON: values of other kinds and sizes, missing or extra members, and text that parsers treat differently. */

const DAYS = [
  '2026-02-30',
  '9999-99-99',
  '0000-00-00T00:00:00Z',
  '2026-11-25T99:99:99Z',
  '2026-11-25T10:00:00+99:99',
];
const ODD = [
  () => null,
  () => true,
  () => -1,
  () => 2 ** 53,
  () => 1e308,
  () => '',
  () => [],
  () => ({}),
  (random) => random.pick(HOSTILE_TEXTS),
  (random) => random.pick(DAYS),
  (random) => 'x'.repeat(random.small(1024 ** 2)),
  (random) => Array(random.small(32_768)).fill(random.pick(HOSTILE_TEXTS)),
  (random) => nest(random.small(512)),
  (random) => Object.fromEntries(Array.from({ length: random.small(4_096) }, (_, i) => [`k${i}`, i])),
];

export function liedJson({ text, random }) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  for (let left = random.small(8); left > 0; left -= 1) value = changed(value, random);
  return random.chance(0.15)
    ? asWritten(JSON.stringify(value), random)
    : JSON.stringify(value, null, random.below(2));
}

function changed(value, random) {
  const holders = [];
  const walk = (one) => {
    if (typeof one !== 'object' || one === null || holders.length > 5_000) return;
    holders.push(one);
    for (const inner of Object.values(one)) walk(inner);
  };
  walk(value);
  if (holders.length === 0 || random.chance(0.02)) return random.pick(ODD)(random);
  const holder = random.pick(holders);
  const keys = Object.keys(holder);
  const key = keys.length === 0 ? 'k' : random.pick(keys);
  switch (random.below(5)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(random.below(holder.length), 1);
      else delete holder[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(...Array(random.small(1_024)).fill(holder[0]));
      else define(holder, random.pick(HOSTILE_TEXTS), holder[key] ?? null);
      break;
    case 2:
      define(holder, key, [holder[key]]);
      break;
    default:
      define(holder, key, random.pick(ODD)(random));
  }
  return value;
}

/** Forms that `JSON.stringify` cannot produce from a value. */
function asWritten(json, random) {
  const at = json.indexOf(random.pick(['{', '[', ':', ',']), random.below(json.length)) + 1;
  const put = random.pick([
    '"__proto__":{"sha256":"x"},',
    '[[[[[[[['.repeat(random.small(65_536)),
    '1e999,',
    'NaN,',
    '\ufeff',
    '\0',
    '"\\ud800",',
    '/* */',
    ',',
  ]);
  return json.slice(0, at) + put + json.slice(at);
}

/** Defines `__proto__` as an ordinary member too. */
const define = (holder, key, value) =>
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });

function nest(depth) {
  let inner = {};
  for (let left = depth; left > 0; left -= 1) inner = left % 2 === 0 ? [inner] : { inner };
  return inner;
}
