import { engineFault, fault, type ReadFault } from '../../../base/fault.js';

/**
 * The SDKs throw text such as `C2pa(JumbfNotFound)` or `C2pa(RemoteManifestUrl("https://…")) must fetch …`. The
 * variant's name selects the result; a table maps names to results.
 */
export type SdkErrorKind =
  | { kind: 'absent' }
  | { kind: 'remote'; url: string }
  | { kind: 'unsupported'; error: string }
  | ({ kind: 'malformed' | 'failed' } & ReadFault);

const ABSENT = new Set(['JumbfNotFound', 'ProvenanceMissing']);
const UNSUPPORTED = new Set(['UnsupportedType', 'UnsupportedSchemaType']);
const OURS = new Set(['IoError', 'InternalError', 'OutOfMemory', 'InsufficientMemory', 'ResourceNotFound']);

/** The engine itself broke, regardless of the file's content. The other engine may succeed. */
export const ENGINE_PANIC = 'c2pa.enginePanic';

export function parseSdkError(thrown: unknown): SdkErrorKind {
  // The native binding puts the variant in the error's name; the WASM binding throws only the text.
  const message = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown);
  const variant = /C2pa\((\w+)/.exec(message)?.[1] ?? 'Unknown';
  if (ABSENT.has(variant)) return { kind: 'absent' };
  if (variant === 'RemoteManifestUrl' || variant === 'RemoteManifestFetch') {
    const url = /"([^"]{1,2048})"/.exec(message)?.[1];
    if (url) return { kind: 'remote', url };
  }
  // Text of a panic that the native binding caught. This is not the file's fault, and the other engine may succeed.
  if (/Deferred.{0,40}dropped|panicked at/.test(message)) {
    return { kind: 'failed', ...fault('c2pa.enginePanic') };
  }
  // Reading past the end means that the file is truncated.
  if (/UnexpectedEof|failed to fill whole buffer/.test(message)) {
    return {
      kind: 'malformed',
      ...engineFault('InvalidAsset', { error: formatSdkError(message, variant), cutOff: true }),
    };
  }
  const error = formatSdkError(message, variant);
  if (UNSUPPORTED.has(variant)) return { kind: 'unsupported', error };
  return { kind: OURS.has(variant) ? 'failed' : 'malformed', ...engineFault(variant, { error }) };
}

/** Returns the engine's name for the error and its message. */
function formatSdkError(message: string, variant: string): string {
  const words = message.replace(/^(Error: )?C2pa\(.{0,512}?\)+\s*/, '').slice(0, 200);
  return words === '' ? variant : `${variant}: ${words}`;
}
