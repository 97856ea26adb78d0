import { execFile, spawn } from 'node:child_process';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import { notDecodable, type Undecoded, undecoded } from './picture.js';

/**
 * The only place that runs ffmpeg: for pictures that sharp has no decoder for, and for sounds. One demuxer, named by the media type
 * and never guessed, so that no playlist or script is followed; local files only; bounded in time, size and output.
 */
const DEMUXERS: Readonly<Record<string, string>> = table({
  'image/heic': 'mov',
  'image/heif': 'mov',
  'image/jxl': 'jpegxl_pipe',
});

const VIDEO_DEMUXERS: Readonly<Record<string, string>> = table({
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

const SOUND_DEMUXERS: Readonly<Record<string, string>> = table({
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

export const ffmpegDecodes = (asset: Asset): boolean => demuxerOf(asset, DEMUXERS) !== undefined;

/** It opens files: a part of one is none. */
const demuxerOf = ({ mediaType, path }: Asset, demuxers: Readonly<Record<string, string>>) =>
  path === undefined ? undefined : demuxers[mediaType.mime];

/** `within`: a square that the longer side is to fill. */
export type Reduction = { divisor: number } | { within: number };

/** A PNG of the first frame, reduced. `turned`: as the file says it is to be shown, and never enlarged. */
export async function reducedPng(
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
        ? shrunk(by.within)
        : `scale=${by.within}:${by.within}:force_original_aspect_ratio=decrease`;
  return png([...(turned ? [] : ['-noautorotate']), ...input(demuxer, asset), '-map', '0:v:0'], scale);
}

/** Never enlarged. */
const shrunk = (within: number): string =>
  `scale='min(${within},iw)':'min(${within},ih)':force_original_aspect_ratio=decrease`;

/** The key frame at or before a moment. Cover pictures are no frames. */
export async function keyFramePng(
  asset: Asset,
  seconds: number,
  within: number,
): Promise<{ png: Buffer } | Undecoded> {
  const demuxer = demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined) throw new Error(`ffmpeg is not asked for ${asset.mediaType.mime}`);
  const at = seconds > 0 ? ['-noaccurate_seek', '-ss', seconds.toFixed(3)] : [];
  return png([...at, ...input(demuxer, asset), '-map', '0:V:0'], shrunk(within));
}

/** As the container gives it; undefined where it gives none. */
export async function videoSeconds(asset: Asset): Promise<number | undefined> {
  const demuxer = demuxerOf(asset, VIDEO_DEMUXERS);
  if (demuxer === undefined) return undefined;
  const entries = ['-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const answer = await run('ffprobe', ['-v', 'error', ...input(demuxer, asset), ...entries]);
  const seconds = 'output' in answer ? Number(answer.output.toString('latin1').trim()) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** Of the samples that `decodeSound` gives. */
const SOUND_RATE = 16_000;
/** Of Sun's AU, which tells how many channels follow: length of the head in byte 4, channels in byte 20. */
const AU_HEAD = 24;

/**
 * Samples of a sound as they are decoded, of all its channels as they are: mixed, what is opposite in two would be silence.
 * Ends where the time is up or the samples are, which is no fault where there were some.
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
    const args = ['-v', 'error', '-nostdin', '-threads', '1', ...from, ...to];
    const decoder = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let channels: number | undefined;
    let count = 0;
    let left: Buffer = Buffer.alloc(0);
    let cut = false;
    const stop = () => {
      cut = true;
      decoder.kill('SIGKILL');
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
    decoder.on('close', (code) => {
      clearTimeout(timer);
      if (count > 0 && channels !== undefined)
        resolve({ seconds: count / channels / SOUND_RATE, cut, damaged: !cut && code !== 0 });
      else resolve(cut ? TOO_LATE : undecoded(undefined));
    });
  });
}

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
  const answer = await run('ffmpeg', ['-v', 'error', '-nostdin', '-threads', '1', ...from, ...to]);
  if ('code' in answer) return answer;
  return answer.output.length === 0 ? undecoded(undefined) : { png: answer.output };
}

function run(
  program: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
): Promise<{ output: Buffer } | Undecoded> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      {
        encoding: 'buffer',
        timeout: limits.ffmpegMillis,
        killSignal: 'SIGKILL',
        maxBuffer: limits.ffmpegOutputBytes,
      },
      (error, output) => resolve(error ? faultOf(error) : { output }),
    );
  });
}

const TOO_LATE: Undecoded = { status: 'failed', ...fault('bound.ffmpegMillis') };

function faultOf(error: Error & { code?: unknown; killed?: boolean }): Undecoded {
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return {
      status: 'unsupported',
      ...fault('carrier.notRead', { what: 'ffmpeg', format: 'HEIF' }),
    };
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return { status: 'failed', ...fault('bound.ffmpegBytes') };
  if (error.killed) return TOO_LATE;
  return undecoded(undefined);
}
