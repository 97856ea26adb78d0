import { engineFault, fault, type ReadFault } from '../../ground/fault.js';

/**
 * The SDKs throw text like `C2pa(JumbfNotFound)` or `C2pa(RemoteManifestUrl("https://…")) must fetch …`.
 * The variant's name decides; what it means here is data.
 */
export type SdkAnswer =
  | { kind: 'absent' }
  | { kind: 'remote'; url: string }
  | { kind: 'unsupported'; error: string }
  | ({ kind: 'malformed' | 'failed' } & ReadFault);

const ABSENT = new Set(['JumbfNotFound', 'ProvenanceMissing']);
const UNSUPPORTED = new Set(['UnsupportedType', 'UnsupportedSchemaType']);
const OURS = new Set(['IoError', 'InternalError', 'OutOfMemory', 'InsufficientMemory', 'ResourceNotFound']);

/** The engine itself broke, whatever the file holds: the other one may do. */
export const ENGINE_PANIC = 'c2pa.enginePanic';

export function readSdkError(thrown: unknown): SdkAnswer {
  // The native binding puts the variant in the error's name, the WASM one throws the text alone.
  const message = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown);
  const variant = /C2pa\((\w+)/.exec(message)?.[1] ?? 'Unknown';
  if (ABSENT.has(variant)) return { kind: 'absent' };
  if (variant === 'RemoteManifestUrl' || variant === 'RemoteManifestFetch') {
    const url = /"([^"]{1,2048})"/.exec(message)?.[1];
    if (url) return { kind: 'remote', url };
  }
  // The native binding's word for a panic that it caught: our fault, and the other engine may do.
  if (/Deferred.{0,40}dropped|panicked at/.test(message)) {
    return { kind: 'failed', ...fault('c2pa.enginePanic') };
  }
  // Reading past the end is the file's fault: it is cut off.
  if (/UnexpectedEof|failed to fill whole buffer/.test(message)) {
    return {
      kind: 'malformed',
      ...engineFault('InvalidAsset', { error: named(message, variant), cutOff: true }),
    };
  }
  const error = named(message, variant);
  if (UNSUPPORTED.has(variant)) return { kind: 'unsupported', error };
  return { kind: OURS.has(variant) ? 'failed' : 'malformed', ...engineFault(variant, { error }) };
}

/** The engine's own name for the error, and its words. */
function named(message: string, variant: string): string {
  const words = message.replace(/^(Error: )?C2pa\(.{0,512}?\)+\s*/, '').slice(0, 200);
  return words === '' ? variant : `${variant}: ${words}`;
}
