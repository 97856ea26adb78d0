import { execFile } from 'node:child_process';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { table } from '../../ground/table.js';
import type { Asset } from '../../media/asset.js';
import { type Undecoded, undecoded } from './picture.js';

/**
 * The only place that runs ffmpeg: for pictures that sharp has no decoder for. One demuxer, named by the media type
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

export const hasFrames = ({ mediaType }: Asset): boolean => VIDEO_DEMUXERS[mediaType.mime] !== undefined;

export const ffmpegDecodes = ({ mediaType }: Asset): boolean => DEMUXERS[mediaType.mime] !== undefined;

/** `within`: a square that the longer side is to fill. */
export type Reduction = { divisor: number } | { within: number };

/** A PNG of the first frame, reduced. `turned`: as the file says it is to be shown. */
export async function reducedPng(
  asset: Asset,
  by: Reduction,
  { turned = false } = {},
): Promise<{ png: Buffer } | Undecoded> {
  const demuxer = DEMUXERS[asset.mediaType.mime];
  if (demuxer === undefined) throw new Error(`ffmpeg is not asked for ${asset.mediaType.mime}`);
  const scale =
    'divisor' in by
      ? `scale=trunc(iw/${by.divisor}):trunc(ih/${by.divisor}):flags=area`
      : `scale=${by.within}:${by.within}:force_original_aspect_ratio=decrease`;
  return png([...(turned ? [] : ['-noautorotate']), ...input(demuxer, asset), '-map', '0:v:0'], scale);
}

/** The key frame at or before a moment. Cover pictures are no frames. */
export async function keyFramePng(
  asset: Asset,
  seconds: number,
  within: number,
): Promise<{ png: Buffer } | Undecoded> {
  const demuxer = VIDEO_DEMUXERS[asset.mediaType.mime];
  if (demuxer === undefined) throw new Error(`ffmpeg is not asked for ${asset.mediaType.mime}`);
  const at = seconds > 0 ? ['-noaccurate_seek', '-ss', seconds.toFixed(3)] : [];
  const scale = `scale='min(${within},iw)':'min(${within},ih)':force_original_aspect_ratio=decrease`;
  return png([...at, ...input(demuxer, asset), '-map', '0:V:0'], scale);
}

/** As the container gives it; undefined where it gives none. */
export async function videoSeconds(asset: Asset): Promise<number | undefined> {
  const demuxer = VIDEO_DEMUXERS[asset.mediaType.mime];
  if (demuxer === undefined) return undefined;
  const entries = ['-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const answer = await run('ffprobe', ['-v', 'error', ...input(demuxer, asset), ...entries]);
  const seconds = 'output' in answer ? Number(answer.output.toString('latin1').trim()) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
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

function faultOf(error: Error & { code?: unknown; killed?: boolean }): Undecoded {
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return {
      status: 'unsupported',
      ...fault('carrier.notRead', { what: 'ffmpeg', format: 'HEIF' }),
    };
  }
  if (error.killed || error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return { status: 'failed', ...fault('bound.ffmpeg') };
  }
  return undecoded(undefined);
}
