/** Format-independent mutations. Each takes `{ bytes, random }` and returns new bytes. */

const ODD_BYTES = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff, 0x22, 0x3c, 0x5b, 0x7b];

export function flippedBits({ bytes, random }) {
  const out = Buffer.from(bytes);
  for (let i = random.small(64); i > 0 && out.length > 0; i -= 1)
    out[random.below(out.length)] ^= 1 << random.below(8);
  return out;
}

export function oddBytes({ bytes, random }) {
  const out = Buffer.from(bytes);
  for (let i = random.small(32); i > 0 && out.length > 0; i -= 1)
    out[random.below(out.length)] = random.pick(ODD_BYTES);
  return out;
}

export function filledRange({ bytes, random }) {
  const out = Buffer.from(bytes);
  const { from, to } = range(bytes, random);
  return out.fill(random.pick(ODD_BYTES), from, to);
}

export function withoutRange({ bytes, random }) {
  const { from, to } = range(bytes, random);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

export function repeatedRange({ bytes, random }) {
  const { from, to } = range(bytes, random);
  const times = 1 + random.small(64);
  return Buffer.concat([
    bytes.subarray(0, to),
    ...Array(times).fill(bytes.subarray(from, to)),
    bytes.subarray(to),
  ]);
}

export function withNoise({ bytes, random }) {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), random.bytes(random.small(4_096)), bytes.subarray(at)]);
}

export function cutOff({ bytes, random }) {
  // Half of the changes are near the start, because headers are short.
  const within = random.chance(0.5) ? Math.min(bytes.length, 256) : bytes.length;
  return Buffer.from(bytes.subarray(0, random.below(within + 1)));
}

export function swappedRanges({ bytes, random }) {
  const first = range(bytes, random);
  const second = range(bytes, random);
  const [a, b] = first.from <= second.from ? [first, second] : [second, first];
  if (a.to > b.from) return flippedBits({ bytes, random });
  return Buffer.concat([
    bytes.subarray(0, a.from),
    bytes.subarray(b.from, b.to),
    bytes.subarray(a.to, b.from),
    bytes.subarray(a.from, a.to),
    bytes.subarray(b.to),
  ]);
}

/** Replaces numbers written in digits: sizes in PDF, dates, counts in JSON. */
export function otherDigits({ bytes, random }) {
  const found = [...bytes.toString('latin1').matchAll(/\d{1,12}/g)];
  if (found.length === 0) return flippedBits({ bytes, random });
  const { 0: digits, index } = random.pick(found);
  const other = random.pick([
    '0',
    '-1',
    '1e999',
    '99999999999999999999',
    '4294967296',
    '2147483648',
    'NaN',
    '00',
  ]);
  return Buffer.concat([
    bytes.subarray(0, index),
    Buffer.from(random.chance(0.5) ? other : other.slice(0, digits.length)),
    bytes.subarray(index + digits.length),
  ]);
}

function range(bytes, random) {
  const from = random.below(bytes.length);
  const most = random.chance(0.8) ? 64 : bytes.length;
  return { from, to: Math.min(bytes.length, from + random.small(most)) };
}
