import { said } from '../../say/said.js';
import type { XmpPacket } from '../evidence/evidence.js';
import { bareFault, fault, faultSaid, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { brokeOff, type Read, readValue } from '../media/carrier.js';
import { type SidecarRun, type Sidecars, sidecarRun } from '../media/sidecars.js';

/**
 * What XMP kept beside the file says, with what the file's own says. Each packet is marked, so that nobody takes it for the
 * file's; where one of them could not be read, a label in it would have been missed, and that is said.
 */
export async function withXmpSidecars(
  read: Read<XmpPacket[]>,
  { xmp, fault: unknown }: Sidecars,
): Promise<Read<XmpPacket[]>> {
  if (xmp.length === 0 && unknown === undefined) return read;
  const packets: XmpPacket[] = [];
  let broken = unknown;
  if (xmp.length > limits.xmpSidecars) broken ??= fault('bound.xmpSidecars', { most: limits.xmpSidecars });
  for (const [at, run] of xmp.slice(0, limits.xmpSidecars).entries()) {
    const one = await packetOf(run, xmp.length === 1 ? 'XMP sidecar' : `XMP sidecar ${at + 1}`);
    if (one.packet) packets.push(one.packet);
    broken ??= one.fault;
  }
  return joined(read, packets, broken);
}

async function packetOf(
  run: SidecarRun,
  place: string,
): Promise<{ packet?: XmpPacket; fault?: ReadFault | undefined }> {
  const most = limits.xmpPacketBytes;
  const tooLarge = run.bytes > most ? fault('bound.xmpPacket', { place, most }) : undefined;
  const content = await sidecarRun(run, tooLarge);
  if (!Buffer.isBuffer(content)) return { fault: content };
  const { parseXmpPacket } = await import('./xmp-packet.js');
  const { packet, fault: why } = parseXmpPacket(content, place);
  return { ...(packet === undefined ? {} : { packet: { ...packet, sidecar: true } }), fault: why };
}

/** The file's own fault comes first, and keeps its code; that of a sidecar is then told beside it. */
function joined(
  read: Read<XmpPacket[]>,
  packets: readonly XmpPacket[],
  broken: ReadFault | undefined,
): Read<XmpPacket[]> {
  const value = [...(readValue(read) ?? []), ...packets];
  const notes = [...(read.notes ?? []), ...(packets.length > 0 ? [said('note.xmpSidecar')] : [])];
  const noted = notes.length === 0 ? {} : { notes };
  const known = value.length === 0 ? {} : { value };
  if (brokeOff(read) && read.status !== 'absent' && read.status !== 'unsupported') {
    const told = broken === undefined ? notes : [...notes, faultSaid(broken)];
    return { ...read, ...known, ...(told.length === 0 ? {} : { notes: told }) } as Read<XmpPacket[]>;
  }
  if (broken !== undefined) return { status: 'failed', ...bareFault(broken), ...known, ...noted };
  // Nothing stands in the sidecar: what was said of the file holds.
  if (value.length === 0) return read;
  const left = read.status === 'unsupported' && read.code !== 'carrier.none' ? bareFault(read) : {};
  return { status: 'found', value, ...left, ...noted };
}
