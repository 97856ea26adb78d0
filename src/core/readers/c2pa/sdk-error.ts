import type { ReadFault } from '../../evidence.js';

/**
 * The SDKs throw text like `C2pa(JumbfNotFound)` or `C2pa(RemoteManifestUrl("https://…")) must fetch …`.
 * The variant's name decides; what it means here is data.
 */
export type SdkAnswer =
  | { kind: 'absent' }
  | { kind: 'remote'; url: string }
  | ({ kind: 'unsupported' | 'malformed' | 'failed' } & ReadFault);

const ABSENT = new Set(['JumbfNotFound', 'ProvenanceMissing']);
const UNSUPPORTED = new Set(['UnsupportedType', 'UnsupportedSchemaType']);
const OURS = new Set(['IoError', 'InternalError', 'OutOfMemory', 'InsufficientMemory', 'ResourceNotFound']);

/** The engine itself broke, whatever the file holds. */
export const ENGINE_PANIC = 'c2pa.enginePanic';

/**
 * Native 0.90 wants text where C2PA 2.2 has byte strings, refuses the whole store, and has no word for whose fault that
 * is. It is not the file's.
 */
export const ENGINE_BEHIND = 'c2pa.engineBehind';
const STATUS_IN_BYTES = /c2pa\.certificate-status.{0,200}byte array, expected a string/s;

/** After these the other engine may do. */
export const GIVES_WAY: ReadonlySet<string> = new Set([ENGINE_PANIC, ENGINE_BEHIND]);

export function readSdkError(error: unknown): SdkAnswer {
  // The native binding puts the variant in the error's name, the WASM one throws the text alone.
  const message = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  const variant = /C2pa\((\w+)/.exec(message)?.[1] ?? 'Unknown';
  if (ABSENT.has(variant)) return { kind: 'absent' };
  if (variant === 'RemoteManifestUrl' || variant === 'RemoteManifestFetch') {
    const url = /"([^"]{1,2048})"/.exec(message)?.[1];
    if (url) return { kind: 'remote', url };
  }
  // The native binding's word for a panic that it caught: our fault, and the other engine may do.
  if (/Deferred.{0,40}dropped|panicked at/.test(message)) {
    return { kind: 'failed', code: ENGINE_PANIC, reason: 'The C2PA engine broke off on this file.' };
  }
  if (STATUS_IN_BYTES.test(message)) {
    return {
      kind: 'failed',
      code: ENGINE_BEHIND,
      reason: 'The C2PA engine does not read c2pa.certificate-status as the standard has it.',
    };
  }
  // Reading past the end is the file's fault: it is cut off.
  if (/UnexpectedEof|failed to fill whole buffer/.test(message)) {
    return {
      kind: 'malformed',
      code: 'c2pa.InvalidAsset',
      reason: 'The C2PA engine could not read this file: it ends too early.',
    };
  }
  const fault = { code: `c2pa.${variant}`, reason: sentence(message, variant) };
  if (UNSUPPORTED.has(variant)) return { kind: 'unsupported', ...fault };
  return { kind: OURS.has(variant) ? 'failed' : 'malformed', ...fault };
}

function sentence(message: string, variant: string): string {
  const words = message.replace(/^(Error: )?C2pa\(.{0,512}?\)+\s*/, '').slice(0, 200);
  return `The C2PA engine could not read the manifest store (${words === '' ? variant : words}).`;
}
