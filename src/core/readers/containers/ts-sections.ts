import { limits } from '../../../base/limits.js';
import { type AssembledStream, StreamAssembler } from './held-stream.js';
import { type MpegDescriptor, parseDescriptors } from './mpeg-descriptors.js';
import { bounded, type Walk } from './walk.js';

/** Tables of a transport stream: its programmes, their streams, and their descriptors. */

const PAT_PID = 0;
/** Service names (ETSI EN 300 468). */
const SDT_PID = 0x11;
const NULL_PID = 0x1fff;
const TABLE = { programs: 0x00, program: 0x02, services: 0x42 } as const;
/** Maximum length of a section (§2.4.4.1). */
const SECTION_BYTES = 4_096;
const CRC_BYTES = 4;
const STUFFING = 0xff;

export interface TsStream {
  pid: number;
  type: number;
}

export class TsSections {
  readonly streams: TsStream[] = [];
  readonly descriptors: MpegDescriptor[] = [];
  fault: Walk<unknown>['fault'];
  /** PID of the table of each programme, by programme number. Programmes may share a PID. */
  #programs: Map<number, number> | undefined;
  readonly #read = new Set<number>();
  /** Numbers of the sections read of the service table, and its total number of sections. */
  readonly #services = new Set<number>();
  #servicesOf: number | undefined;
  readonly #open = new Map<number, StreamAssembler>();

  /** Returns whether every listed programme was read. */
  get isComplete(): boolean {
    const programs = this.#programs;
    return programs !== undefined && [...programs.keys()].every((program) => this.#read.has(program));
  }

  /** Returns whether some sections of the service table were read and others are missing. */
  get hasOpenServices(): boolean {
    return this.#servicesOf !== undefined && this.#services.size < this.#servicesOf;
  }

  /** Adds a payload. Returns whether it completed a table with new information. */
  addPayload(pid: number, payload: Buffer, starts: boolean, offset: number): boolean {
    if (pid === NULL_PID || !this.#wanted(pid)) return false;
    if (!starts) {
      const open = this.#open.get(pid);
      open?.add(payload, offset);
      return open !== undefined && this.#close(pid, open);
    }
    const pointer = payload[0] ?? 0;
    const before = this.#open.get(pid);
    let closed = false;
    if (before && pointer > 0) {
      before.add(payload.subarray(1, 1 + pointer), offset + 1);
      closed = this.#close(pid, before);
    }
    const open = new StreamAssembler(SECTION_BYTES);
    open.add(payload.subarray(1 + pointer), offset + 1 + pointer);
    this.#open.set(pid, open);
    return this.#close(pid, open) || closed;
  }

  #wanted(pid: number): boolean {
    if (pid === PAT_PID) return this.#programs === undefined;
    if (pid === SDT_PID) return this.#servicesOf === undefined || this.hasOpenServices;
    return [...(this.#programs ?? [])].some(([program, of]) => of === pid && !this.#read.has(program));
  }

  #close(pid: number, open: StreamAssembler): boolean {
    const held = open.assemble();
    const { bytes } = held;
    if (bytes.length < 3) return false;
    const end = 3 + (bytes.readUInt16BE(1) & 0x0fff);
    if (bytes.length < end || end < 8) return false;
    this.#open.delete(pid);
    const said = this.#readTable(pid, held, end);
    return this.#next(pid, held, end) || said;
  }

  /** Starts a further section where one ends (§2.4.4.1); bytes of 0xff follow the last. */
  #next(pid: number, { bytes, offsetOf }: AssembledStream, end: number): boolean {
    if (end >= bytes.length || bytes[end] === STUFFING || !this.#wanted(pid)) return false;
    const open = new StreamAssembler(SECTION_BYTES);
    open.add(bytes.subarray(end), offsetOf(end));
    this.#open.set(pid, open);
    return this.#close(pid, open);
  }

  #readTable(pid: number, held: AssembledStream, end: number): boolean {
    const { bytes } = held;
    const table = bytes[0];
    if (pid === PAT_PID && table === TABLE.programs) this.#readPrograms(bytes, end);
    else if (pid === SDT_PID && table === TABLE.services) this.#readServices(held, end);
    else if (pid !== PAT_PID && pid !== SDT_PID && table === TABLE.program)
      return this.#readProgram(pid, held, end);
    else return false;
    return true;
  }

  #readPrograms(bytes: Buffer, end: number): void {
    const programs = new Map<number, number>();
    for (let at = 8; at + 4 <= end - CRC_BYTES; at += 4) {
      const program = bytes.readUInt16BE(at);
      // Number 0 refers to the network information table.
      if (program !== 0) programs.set(program, bytes.readUInt16BE(at + 2) & 0x1fff);
    }
    // A list with further sections has hundreds of programmes.
    if (programs.size > limits.tsPrograms || (bytes[7] ?? 0) > 0)
      this.fault ??= bounded('bound.entries', { place: 'MPEG-TS', most: limits.tsPrograms });
    this.#programs = new Map([...programs].slice(0, limits.tsPrograms));
  }

  #readProgram(pid: number, held: AssembledStream, end: number): boolean {
    const { bytes } = held;
    if (end < 16) return false;
    const program = bytes.readUInt16BE(3);
    if (this.#programs?.get(program) !== pid || this.#read.has(program)) return false;
    this.#read.add(program);
    const own = bytes.readUInt16BE(10) & 0x0fff;
    this.#take(held, 12, Math.min(12 + own, end - CRC_BYTES), `program ${program}`);
    for (let at = 12 + own; at + 5 <= end - CRC_BYTES; ) {
      const stream = { type: bytes[at] ?? 0, pid: bytes.readUInt16BE(at + 1) & 0x1fff };
      const length = bytes.readUInt16BE(at + 3) & 0x0fff;
      this.streams.push(stream);
      this.#take(
        held,
        at + 5,
        Math.min(at + 5 + length, end - CRC_BYTES),
        `program ${program} stream ${stream.pid}`,
      );
      at += 5 + length;
    }
    return true;
  }

  #readServices(held: AssembledStream, end: number): void {
    const { bytes } = held;
    const [number = 0, last = 0] = bytes.subarray(6, 8);
    if (this.#services.has(number) || number > last) return;
    this.#services.add(number);
    this.#servicesOf ??= last + 1;
    for (let at = 11; at + 5 <= end - CRC_BYTES; ) {
      const length = bytes.readUInt16BE(at + 3) & 0x0fff;
      this.#take(
        held,
        at + 5,
        Math.min(at + 5 + length, end - CRC_BYTES),
        `service ${bytes.readUInt16BE(at)}`,
      );
      at += 5 + length;
    }
  }

  #take(held: AssembledStream, from: number, end: number, locator: string): void {
    for (const one of parseDescriptors(held, from, end, locator)) {
      if (this.descriptors.length <= limits.privateChunks) this.descriptors.push(one);
    }
  }
}
