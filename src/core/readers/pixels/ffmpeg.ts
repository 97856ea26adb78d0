import { type ChildProcess, spawn } from 'node:child_process';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import type { Grey } from './perceptual-hash.js';
import { notDecodable, toUndecoded, type Undecoded } from './picture.js';

/**
 * Runs ffmpeg for pictures that sharp cannot decode, for videos and for sounds; no other module does. It uses one
 * demuxer, chosen by the media type and never guessed, so that no playlist or script is followed. Only local files are
 * read; time, size and output are limited.
 */
const DEMUXERS: Readonly<Record<string, string>> = lookupTable({
  'image/heic': 'mov',
  'image/heif': 'mov',
  'image/jxl': 'jpegxl_pipe',
});

const VIDEO_DEMUXERS: Readonly<Record<string, string>> = lookupTable({
  'video/mp4': 'mov',
  'video/x-m4v': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'video/x-matroska': 'matroska',
  'video/webm': 'matroska',
  'video/x-msvideo': 'avi',
  'video/x-flv': 'flv',
  'video/ogg': 'ogg',
});

const SOUND_DEMUXERS: Readonly<Record<string, string>> = lookupTable({
  'audio/mp4': 'mov',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-rf64': 'wav',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/opus': 'ogg',
  'audio/aiff': 'aiff',
  'audio/aac': 'aac',
});

export const hasFrames = (asset: Asset): boolean => demuxerOf(asset, VIDEO_DEMUXERS) !== undefined;

export const canFfmpegDecode = (asset: Asset): boolean => demuxerOf(asset, DEMUXERS) !== undefined;

/** Returns the demuxer; `undefined` for a part of a file, because ffmpeg opens whole files only. */
const demuxerOf = ({ mediaType, path }: Asset, demuxers: Readonly<Record<string, string>>) =>
  path === undefined ? undefined : demuxers[mediaType.mime];

/** `within`: side of the square that the longer side fills. */
export type Reduction = { divisor: number } | { within: number };

/** Returns a PNG of the reduced first frame. `turned`: rotated as the file states, and never enlarged. */
export async function decodeReducedPng(
  asset: Asset,
  by: Reduction,
  { turned = false } = {},
): Promise<{ png: Buffer } | Undecoded> {
  const demuxer = demuxerOf(asset, DEMUXERS);
  if (demuxer === undefined) throw new Error(`ffmpeg is not asked for ${asset.mediaType.mime}`);
  const scale =
    'divisor' in by
      ? `scale=trunc(iw/${by.divisor}):trunc(ih/${by.divisor}):flags=area`
      : turned
        ? scaleFilter(by.within)
        : `scale=${by.within}:${by.within}:force_original_aspect_ratio=decrease`;
  return png([...(turned ? [] : ['-noautorotate']), ...input(demuxer, asset), '-map', '0:v:0'], scale);
}

/** Builds the scale filter, which never enlarges. */
const scaleFilter = (within: number): string =>
  `scale='min(${within},iw)':'min(${within},ih)':force_original_aspect_ratio=decrease`;

/** Returns the key frame at or before a moment. Cover pictures are not frames. */
export async function decodeKeyFramePng(
  asset: Asset,
  seconds: number,
  within: number,
): Promise<{ png: Buffer } | Undecoded> {
  const demuxer = demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined) throw new Error(`ffmpeg is not asked for ${asset.mediaType.mime}`);
  const at = seconds > 0 ? ['-noaccurate_seek', '-ss', seconds.toFixed(3)] : [];
  return png([...at, ...input(demuxer, asset), '-map', '0:V:0'], scaleFilter(within));
}

/** Returns the duration stated in the container; `undefined` if it states none. */
export async function probeVideoSeconds(asset: Asset): Promise<number | undefined> {
  const demuxer = demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined) return undefined;
  const entries = ['-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const answer = await run('ffprobe', ['-v', 'error', ...input(demuxer, asset), ...entries]);
  const seconds = 'output' in answer ? Number(answer.output.toString('latin1').trim()) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** Sample rate of `decodeSound`, in Hz. */
const SOUND_RATE = 16_000;
/** Header length of Sun's AU, which states the number of channels: header length in byte 4, channels in byte 20. */
const AU_HEAD = 24;

/**
 * Decodes the samples of a sound, with all channels unmixed: mixing would silence opposite channels. It ends when the
 * time is up or the samples end, which is not a fault if there were any.
 */
export function decodeSound(
  asset: Asset,
  onSamples: (samples: Int16Array) => void,
): Promise<{ seconds: number; cut: boolean; damaged: boolean } | Undecoded> {
  const demuxer = demuxerOf(asset, SOUND_DEMUXERS);
  if (demuxer === undefined) return Promise.resolve(notDecodable(asset));
  const from = ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', `file:${asset.path}`];
  const to = ['-map', '0:a:0', '-ar', `${SOUND_RATE}`, '-c:a', 'pcm_s16be', '-f', 'au', 'pipe:1'];
  return new Promise((resolve) => {
    const args = [...commonArguments(limits.waveformMillis), ...from, ...to];
    const decoder = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let channels: number | undefined;
    let count = 0;
    let left: Buffer = Buffer.alloc(0);
    let cut = false;
    const end = (code: number | null) => {
      clearTimeout(timer);
      if (count > 0 && channels !== undefined)
        resolve({ seconds: count / channels / SOUND_RATE, cut, damaged: !cut && code !== 0 });
      else resolve(cut ? TOO_LATE : toUndecoded(undefined));
    };
    const stop = () => {
      cut = true;
      abandon(decoder);
      end(null);
    };
    const timer = setTimeout(stop, limits.waveformMillis);
    decoder.stdout.on('data', (piece: Buffer) => {
      if (cut) return;
      left = left.length === 0 ? piece : Buffer.concat([left, piece]);
      if (channels === undefined) {
        if (left.length < AU_HEAD || left.length < left.readUInt32BE(4)) return;
        channels = Math.max(1, left.readUInt32BE(20));
        left = left.subarray(left.readUInt32BE(4));
      }
      const samples = new Int16Array(left.length >> 1);
      for (let at = 0; at < samples.length; at += 1) samples[at] = left.readInt16BE(at * 2);
      left = left.subarray(samples.length * 2);
      onSamples(samples);
      count += samples.length;
      if (count >= limits.waveformSamples) stop();
    });
    decoder.on('error', (error) => {
      clearTimeout(timer);
      resolve(faultOf(error));
    });
    decoder.on('close', end);
  });
}

/** State at the end of a fingerprint's frames or samples. */
export interface DecodeEnd {
  /** Set if more data exist that were not read. */
  isCut: boolean;
  isDamaged: boolean;
}

/** Returns whether the container has a sound stream, or the fault that prevented finding out. */
export async function hasSound(asset: Asset): Promise<boolean | Undecoded> {
  const demuxer = demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined) return notDecodable(asset);
  const entries = ['-select_streams', 'a', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0'];
  const answer = await run('ffprobe', ['-v', 'error', ...input(demuxer, asset), ...entries], 'sound');
  return 'code' in answer ? answer : answer.output.toString('latin1').includes('audio');
}

/**
 * Decodes grey frames of a video at `rate` per second, rotated for display. It ends after `most` frames, when the time
 * is up or at the end of the video, which is not a fault if there were any. Non-reference frames are skipped before
 * decoding and replaced by a neighbour.
 */
export function decodeGreyFrames(
  asset: Asset,
  { rate, most }: { rate: number; most: number },
  onFrame: (frame: Grey) => void,
): Promise<(DecodeEnd & { count: number }) | Undecoded> {
  const demuxer = demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined) return Promise.resolve(notDecodable(asset));
  const side = limits.fingerprintFramePixels;
  const scale = `scale='min(${side},iw)':'min(${side},ih)':force_original_aspect_ratio=decrease:flags=area`;
  const quick = ['-skip_frame', 'noref', '-skip_loop_filter', 'all'];
  const to = ['-map', '0:V:0', '-vf', `fps=${rate},${scale},format=gray`, '-c:v', 'pgm', '-f', 'image2pipe'];
  const args = [
    ...commonArguments(limits.fingerprintFramesMillis),
    ...quick,
    ...input(demuxer, asset),
    ...to,
  ];
  return new Promise((resolve) => {
    const decoder = spawn('ffmpeg', [...args, 'pipe:1'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const frames = new PgmFrames();
    let count = 0;
    let cut = false;
    const end = (code: number | null) => {
      clearTimeout(timer);
      if (count > 0) resolve({ count, isCut: cut, isDamaged: !cut && code !== 0 });
      else resolve(cut && !frames.broken ? TOO_LATE : UNREADABLE.video);
    };
    const stop = () => {
      cut = true;
      abandon(decoder);
      end(null);
    };
    const timer = setTimeout(stop, limits.fingerprintFramesMillis);
    decoder.stdout.on('data', (piece: Buffer) => {
      if (cut) return;
      frames.add(piece);
      for (let frame = frames.next(); frame !== undefined && !cut; frame = frames.next()) {
        if (count === most) stop();
        else onFrame(frame);
        count += cut ? 0 : 1;
      }
      if (frames.broken) stop();
    });
    decoder.on('error', (error) => {
      clearTimeout(timer);
      resolve(faultOf(error, 'frames'));
    });
    decoder.on('close', end);
  });
}

/** Parses consecutive grey netpbm pictures: `P5`, sides, 255, and a byte per pixel. */
class PgmFrames {
  #left: Buffer = Buffer.alloc(0);
  /** Set if the data are not such pictures, or one is larger than requested. */
  broken = false;

  add(piece: Buffer): void {
    this.#left = this.#left.length === 0 ? piece : Buffer.concat([this.#left, piece]);
  }

  /** Returns the next picture; `undefined` until it is complete. */
  next(): Grey | undefined {
    if (this.broken || this.#left.length < PGM_HEAD_BYTES) return undefined;
    const head = /^P5\n(\d{1,4}) (\d{1,4})\n255\n/.exec(this.#left.toString('latin1', 0, PGM_HEAD_BYTES));
    const [width, height] = [Number(head?.[1]), Number(head?.[2])];
    this.broken = head === null || !width || !height || width * height > limits.fingerprintFrameBytes;
    if (this.broken || head === null) return undefined;
    const end = head[0].length + width * height;
    if (this.#left.length < end) return undefined;
    const data = this.#left.subarray(head[0].length, end);
    this.#left = this.#left.subarray(end);
    return { width, height, data };
  }
}
/** Maximum length of a header. Except for tiny pictures, header and pixels together are longer. */
const PGM_HEAD_BYTES = 20;

/** Sample rate to which Chromaprint resamples, in Hz. */
const CHROMAPRINT_RATE = 11_025;
const SAMPLE_BYTES = 2;

/**
 * Returns Chromaprint's values of a sound, or of the sound of a video. ffmpeg decodes; `fpcalc` receives raw samples
 * through a pipe and no file name, because it would open any address. `seconds`: length of the described part.
 */
export function computeSoundValues(
  asset: Asset,
): Promise<(DecodeEnd & { values: number[]; seconds: number }) | Undecoded> {
  const demuxer = demuxerOf(asset, SOUND_DEMUXERS) ?? demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined)
    return Promise.resolve({
      status: 'unsupported',
      ...fault('carrier.notRead', { what: 'samples', format: asset.mediaType.format }),
    });
  const from = ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', `file:${asset.path}`];
  const to = ['-map', '0:a:0', '-ac', '1', '-ar', `${CHROMAPRINT_RATE}`, '-c:a', 'pcm_s16le', '-f', 's16le'];
  const taken = ['-format', 's16le', '-rate', `${CHROMAPRINT_RATE}`, '-channels', '1'];
  const most = limits.fingerprintSoundSeconds * CHROMAPRINT_RATE * SAMPLE_BYTES;
  return new Promise((resolve) => {
    const args = [...commonArguments(limits.fingerprintSoundMillis), ...from, ...to, 'pipe:1'];
    const decoder = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const printer = spawn(
      'fpcalc',
      ['-raw', '-plain', '-length', `${limits.fingerprintSoundSeconds}`, ...taken, '-'],
      { stdio: ['pipe', 'pipe', 'ignore'] },
    );
    let bytes = 0;
    let cut = false;
    let damaged = false;
    let output = '';
    let ended = false;
    const end = (answer: (DecodeEnd & { values: number[]; seconds: number }) | Undecoded) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      abandon(decoder);
      abandon(printer);
      resolve(answer);
    };
    const stop = () => {
      cut = true;
      abandon(decoder);
      printer.stdin.end();
    };
    const timer = setTimeout(stop, limits.fingerprintSoundMillis);
    // Writing to a process that has ended is not an error; its exit status is what counts.
    printer.stdin.on('error', () => {});
    decoder.stdout.on('data', (piece: Buffer) => {
      if (cut) return;
      const part = piece.subarray(0, most - bytes);
      bytes += part.length;
      const takesMore = printer.stdin.write(part);
      if (part.length < piece.length) stop();
      if (cut || takesMore) return;
      decoder.stdout.pause();
      printer.stdin.once('drain', () => decoder.stdout.resume());
    });
    decoder.on('error', (error) => end(faultOf(error, 'sound')));
    decoder.on('close', (code) => {
      damaged = !cut && code !== 0;
      printer.stdin.end();
    });
    printer.stdout.setEncoding('latin1').on('data', (piece: string) => {
      output += piece;
      if (output.length > limits.fpcalcOutputCharacters) end(BEYOND);
    });
    printer.on('error', (error) => end(faultOf(error, 'fpcalc')));
    printer.on('close', () => {
      const seconds = bytes / SAMPLE_BYTES / CHROMAPRINT_RATE;
      if (bytes === 0) end(cut ? TOO_LATE : UNREADABLE.sound);
      else if (/^\d{1,10}(,\d{1,10})*\s*$/.test(output))
        end({ values: output.trim().split(',').map(Number), seconds, isCut: cut, isDamaged: damaged });
      else end(output.trim() === '' ? { values: [], seconds, isCut: cut, isDamaged: damaged } : BEYOND);
    });
  });
}

const UNREADABLE = {
  video: { status: 'malformed', ...fault('fingerprint.unreadable', { kind: 'video' }) },
  sound: { status: 'malformed', ...fault('fingerprint.unreadable', { kind: 'sound' }) },
} as const satisfies Record<string, Undecoded>;

const BEYOND: Undecoded = { status: 'failed', ...fault('bound.fingerprintValues') };

const input = (demuxer: string, asset: Asset): string[] => [
  ...['-max_pixels', `${limits.picturePixels}`, '-protocol_whitelist', 'file,pipe'],
  ...['-f', demuxer, '-i', `file:${asset.path}`],
];

async function png(from: readonly string[], scale: string): Promise<{ png: Buffer } | Undecoded> {
  const to = [
    '-frames:v',
    '1',
    '-vf',
    scale,
    '-c:v',
    'png',
    '-compression_level',
    '1',
    '-f',
    'image2pipe',
    'pipe:1',
  ];
  const answer = await run('ffmpeg', [...commonArguments(limits.ffmpegMillis), ...from, ...to]);
  if ('code' in answer) return answer;
  return answer.output.length === 0 ? toUndecoded(undefined) : { png: answer.output };
}

/** `-timelimit` limits processor time and is enforced by the kernel, which works even if no signal may be sent. */
const commonArguments = (millis: number): string[] => [
  ...['-v', 'error', '-nostdin', '-threads', '1'],
  ...['-timelimit', `${Math.ceil(millis / 1_000)}`],
];

/**
 * Nobody waits for it any more. Where its starter may send no signal (inspect/sandbox/seccomp.ts) it ends of itself, when it
 * writes to a pipe that nobody reads or at its limit, and at the latest with the process that started it.
 */
export function abandon(child: ChildProcess): void {
  for (const stream of child.stdio) stream?.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // The signal is not permitted, or the process is gone.
  }
}

function run(
  program: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
  what?: ProgramFeature,
): Promise<{ output: Buffer } | Undecoded> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const pieces: Buffer[] = [];
    let bytes = 0;
    const end = (answer: { output: Buffer } | Undecoded) => {
      clearTimeout(timer);
      abandon(child);
      resolve(answer);
    };
    const timer = setTimeout(() => end(TOO_LATE), limits.ffmpegMillis);
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= limits.ffmpegOutputBytes) pieces.push(piece);
      else end({ status: 'failed', ...fault('bound.ffmpegBytes') });
    });
    child.on('error', (error) => end(faultOf(error, what)));
    child.on('close', (code) => end(code === 0 ? { output: Buffer.concat(pieces) } : toUndecoded(undefined)));
  });
}

const TOO_LATE: Undecoded = { status: 'failed', ...fault('bound.ffmpegMillis') };

/** Function that is unavailable without the program. */
type ProgramFeature = 'ffmpeg' | 'frames' | 'sound' | 'fpcalc';

function faultOf(error: Error & { code?: unknown }, what: ProgramFeature = 'ffmpeg'): Undecoded {
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return {
      status: 'unsupported',
      ...fault('carrier.notRead', { what, format: 'HEIF' }),
    };
  }
  return toUndecoded(undefined);
}
