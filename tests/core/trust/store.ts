import { encode as encodeCbor, Tagged } from 'cborg';

/** Encodes CBOR with map entries in their given order. */
export const encode = (value: unknown): Buffer => Buffer.from(encodeCbor(value, { mapSorter: () => 0 }));

/** Builds manifest stores and claim signatures box by box, for tests. */

export const box = (type: string, ...content: Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

const uuid = (letters: string) =>
  Buffer.concat([Buffer.from(letters, 'latin1'), Buffer.from('00110010800000aa00389b71', 'hex')]);

export const superbox = (letters: string, label: string, ...children: Uint8Array[]): Buffer =>
  box('jumb', box('jumd', uuid(letters), Buffer.from([3]), Buffer.from(`${label}\0`, 'utf8')), ...children);

export const CLAIM = Buffer.from('a163616c676673686132353600', 'hex');

export const manifest = (label: string, signature: Buffer, claim: Buffer = CLAIM): Buffer =>
  superbox(
    'c2ma',
    label,
    superbox('c2as', 'c2pa.assertions'),
    superbox('c2cl', 'c2pa.claim.v2', box('cbor', claim)),
    superbox('c2cs', 'c2pa.signature', box('cbor', signature)),
  );

export const store = (...manifests: Buffer[]): Buffer => superbox('c2pa', 'c2pa', ...manifests);

export interface SignatureParts {
  /** Label 33 of the protected header; omitted if undefined. */
  chain?: Buffer | Buffer[] | undefined;
  unprotected?: [string | number, unknown][];
  protected?: [string | number, unknown][];
  signature?: Buffer;
}

export const SIGNATURE = Buffer.alloc(64, 7);

export function protectedHeader(parts: SignatureParts): Buffer {
  const entries: [string | number, unknown][] = [[1, -7], ...(parts.protected ?? [])];
  if (parts.chain !== undefined) entries.push([33, parts.chain]);
  return encode(new Map(entries));
}

export function sign1(parts: SignatureParts): Buffer {
  const unprotected = new Map<string | number, unknown>(parts.unprotected ?? []);
  return encode(new Tagged(18, [protectedHeader(parts), unprotected, null, parts.signature ?? SIGNATURE]));
}

export const tstTokens = (...tokens: Buffer[]) =>
  new Map([['tstTokens', tokens.map((val) => new Map([['val', val]]))]]);
