import { fault, faultMessage, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { XmpPacket } from '../../evidence/evidence.js';
import { foundValue, isIncomplete, type Read } from '../../media/carrier.js';
import { readSidecar, type SidecarRun, type Sidecars } from '../../media/sidecars.js';

/**
 * Adds the packets of XMP sidecars to the file's own. Each is marked as coming from a sidecar. If a sidecar could not
 * be read, a label in it may be missing, which is reported.
 */
export async function mergeXmpSidecars(
  read: Read<XmpPacket[]>,
  { xmp, fault: unknown }: Sidecars,
): Promise<Read<XmpPacket[]>> {
  if (xmp.length === 0 && unknown === undefined) return read;
  const packets: XmpPacket[] = [];
  let broken = unknown;
  if (xmp.length > limits.xmpSidecars) broken ??= fault('bound.xmpSidecars', { most: limits.xmpSidecars });
  for (const [at, run] of xmp.slice(0, limits.xmpSidecars).entries()) {
    const one = await readSidecarPacket(run, xmp.length === 1 ? 'XMP sidecar' : `XMP sidecar ${at + 1}`);
    if (one.packet) packets.push(one.packet);
    broken ??= one.fault;
  }
  return mergeReads(read, packets, broken);
}

async function readSidecarPacket(
  run: SidecarRun,
  locator: string,
): Promise<{ packet?: XmpPacket; fault?: ReadFault | undefined }> {
  const most = limits.xmpPacketBytes;
  const tooLarge = run.bytes > most ? fault('bound.bytes', { place: locator, most }) : undefined;
  const content = await readSidecar(run, tooLarge);
  if (!Buffer.isBuffer(content)) return { fault: content };
  const { parseXmpPacket } = await import('./xmp-packet.js');
  const { packet, fault: why } = parseXmpPacket(content, locator);
  return { ...(packet === undefined ? {} : { packet: { ...packet, sidecar: true } }), fault: why };
}

/**
 * Merges the results. The file's own fault takes precedence and keeps its code; the sidecar's fault is then added as a
 * note.
 */
function mergeReads(
  read: Read<XmpPacket[]>,
  packets: readonly XmpPacket[],
  broken: ReadFault | undefined,
): Read<XmpPacket[]> {
  const value = [...(foundValue(read) ?? []), ...packets];
  const notes = [...(read.notes ?? []), ...(packets.length > 0 ? [message('note.xmpSidecar')] : [])];
  const noted = notes.length === 0 ? {} : { notes };
  const known = value.length === 0 ? {} : { value };
  if (isIncomplete(read) && read.status !== 'absent' && read.status !== 'unsupported') {
    const told = broken === undefined ? notes : [...notes, faultMessage(broken)];
    return { ...read, ...known, ...(told.length === 0 ? {} : { notes: told }) } as Read<XmpPacket[]>;
  }
  if (broken !== undefined) return { status: 'failed', ...pickFault(broken), ...known, ...noted };
  // The sidecar is empty, so the result for the file stands.
  if (value.length === 0) return read;
  const left = read.status === 'unsupported' && read.code !== 'carrier.none' ? pickFault(read) : {};
  return { status: 'found', value, ...left, ...noted };
}
