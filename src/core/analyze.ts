import type { AnalyzeOptions } from './analyze-options.js';
import type { Asset } from './asset.js';
import type { AssetFacts } from './asset-facts.js';
import { ENGINES } from './c2pa/engines.js';
import { contentCredentials } from './credentials.js';
import { detectAll } from './detector.js';
import { DETECTORS } from './detectors/index.js';
import {
  type Carrier,
  couldNotLook,
  type Evidence,
  type Read,
  type ReadFault,
  readValue,
} from './evidence.js';
import { evaluate } from './finding.js';
import { cut } from './json-shape.js';
import { limits } from './limits.js';
import { canonicalMime, mimeOfName, UNKNOWN_MEDIA_TYPE } from './media-types.js';
import { readAll, unreadEvidence } from './read-all.js';
import type { ContentCredentials, Coverage, NotChecked, Part, Report } from './report.js';
import { UNCHECKED_MARKS } from './signatures/not-checked.js';
import { summarise } from './summary.js';
import { VERSION } from './version.js';
import { en } from './words/en.js';

/** THE door: one asset in, one Report out. The same input gives the same Report. */
export async function analyze(asset: Asset, options: AnalyzeOptions): Promise<Report> {
  options.onStep?.({ step: 'hash', state: 'start' });
  const [sha256, read] = await Promise.all([hashed(asset, options), readAll(asset, options, options.skip)]);
  options.onStep?.({ step: 'detect', state: 'start' });
  const { evidence, lists } = await withTrust(asset, read, options);
  const facts = assetFacts(
    { name: options.name, bytes: asset.bytes, sha256 },
    asset.mediaType,
    options.declaredMediaType,
  );
  const report = conclude(facts, evidence, options, lists);
  options.onStep?.({ step: 'detect', state: 'end' });
  return report;
}

/** Certificates are read and lists loaded only for a file that carries a manifest. */
async function withTrust(
  asset: Asset,
  evidence: Evidence,
  options: AnalyzeOptions,
): Promise<{ evidence: Evidence; lists: Lists }> {
  const store = readValue(evidence.c2pa);
  if (store?.kind !== 'store') return { evidence, lists: [] };
  const { judgeStore } = await import('./judge-store.js');
  const judged = await judgeStore(asset, store, options);
  return {
    evidence: { ...evidence, c2pa: { ...evidence.c2pa, value: judged.store } as Evidence['c2pa'] },
    lists: judged.lists,
  };
}

type Lists = Report['tool']['lists'];

async function hashed(asset: Asset, options: AnalyzeOptions): Promise<string> {
  const sha256 = await asset.sha256();
  options.onStep?.({ step: 'hash', state: 'end' });
  return sha256;
}

/** The Report of a file that could not be read at all: every carrier failed, and it says so. Pure. */
export function reportUnread(
  file: { name: string; bytes: number; sha256: string; declaredMediaType?: string },
  fault: ReadFault,
  options: Pick<AnalyzeOptions, 'asOf' | 'rulebooks'>,
): Report {
  return conclude(
    assetFacts(file, UNKNOWN_MEDIA_TYPE, file.declaredMediaType),
    unreadEvidence(fault),
    options,
  );
}

function assetFacts(
  file: Pick<AssetFacts, 'name' | 'bytes' | 'sha256'>,
  mediaType: AssetFacts['mediaType'],
  declared?: string,
): AssetFacts {
  const name = cut(file.name, limits.assetNameCharacters);
  const said =
    declared !== undefined
      ? cut(canonicalMime(declared), limits.declaredMediaTypeCharacters)
      : mimeOfName(name);
  return {
    name,
    bytes: file.bytes,
    sha256: file.sha256,
    mediaType,
    ...(said === undefined ? {} : { declaredMediaType: said }),
  };
}

function conclude(
  facts: AssetFacts,
  evidence: Evidence,
  options: Pick<AnalyzeOptions, 'asOf' | 'rulebooks'>,
  lists: Lists = [],
): Report {
  const { signals, unknowable } = detectAll(DETECTORS, evidence, facts);
  const credentials = contentCredentials(evidence.c2pa);
  const c2pa = readValue(evidence.c2pa);
  const { summary, contradictions } = summarise({
    asset: facts,
    credentials,
    ...(c2pa?.kind === 'store' ? { store: c2pa } : {}),
    signals,
    unread: unreadWords(evidence, credentials),
    ...notReadAtAll(evidence),
  });
  const { mediaType, declaredMediaType, ...identity } = facts;
  const streams = readValue(evidence.streams);
  const parts = (readValue(evidence.parts) ?? []).map(
    (part): Part => ({ ...part, signed: coverage(credentials, part) }),
  );
  return {
    schema: 'assay.report/1',
    asset: {
      ...identity,
      mediaType: mediaType.mime,
      format: mediaType.format,
      kind: mediaType.kind,
      ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
      ...(streams ? { streams } : {}),
      ...(parts.length > 0 ? { parts } : {}),
    },
    summary,
    contentCredentials: credentials,
    signals,
    contradictions,
    findings: evaluate(options.rulebooks, { kind: mediaType.kind, signals, unknowable, asOf: options.asOf }),
    reads: Object.fromEntries(
      Object.entries(evidence).map(([carrier, read]) => [carrier, shown(read)]),
    ) as Report['reads'],
    notChecked: notChecked(facts, credentials),
    tool: {
      name: 'assay',
      version: VERSION,
      c2paEngines: ENGINES.map((engine) => ({ ...engine })),
      lists,
      rulebooks: options.rulebooks.map(({ id, edition }) => ({ id, edition })),
      asOf: options.asOf,
    },
  };
}

/** Carriers of labels and traces; stream facts and parts carry none. */
const NO_LABELS: ReadonlySet<Carrier> = new Set(['streams', 'parts']);

function unreadWords(evidence: Evidence, credentials: ContentCredentials): string[] {
  return (
    (Object.entries(evidence) as [Carrier, Read<unknown>][])
      .filter(([carrier, read]) => !NO_LABELS.has(carrier) && couldNotLook(read))
      // Said in words of its own.
      .filter(([carrier]) => carrier !== 'c2pa' || credentials.presence !== 'unsupported')
      .map(([carrier]) => en.carriers[carrier])
  );
}

function notReadAtAll(evidence: Evidence): { notRead?: string } {
  const reads: Read<unknown>[] = Object.values(evidence);
  const [first] = reads;
  return first?.status === 'failed' && reads.every((r) => r.status === 'failed' && r.code === first.code)
    ? { notRead: first.reason }
    : {};
}

function shown(read: Read<unknown>): Report['reads'][Carrier] {
  const { status } = read;
  if (status === 'found' || status === 'absent')
    return read.note === undefined ? { status } : { status, note: read.note };
  return { status, code: read.code, reason: read.reason };
}

/**
 * c2pa.hash.data and c2pa.hash.bmff.* run over the whole file but their exclusions, so a match covers what was
 * appended before signing and breaks on what was appended after. A box hash names its boxes, and of those the
 * engine tells us nothing.
 */
function coverage(credentials: ContentCredentials, part: { kind: string }): Coverage {
  if (credentials.presence !== 'present') return 'no-signature';
  if (credentials.integrity !== 'intact') return 'unknown';
  const whole = credentials.codes?.active.some((c) => c.code === 'assertion.dataHash.match');
  return whole || part.kind === 'primary' ? 'covered' : 'unknown';
}

function notChecked(facts: AssetFacts, credentials: ContentCredentials): NotChecked[] {
  const rows: NotChecked[] = UNCHECKED_MARKS.filter((mark) =>
    (mark.kinds as readonly string[]).includes(facts.mediaType.kind),
  ).map(({ kinds: _kinds, ...row }) => row);
  if (credentials.presence === 'present') {
    if (credentials.time?.revocation === 'not-checked') {
      rows.unshift({
        what: 'Revocation',
        why: 'No answer that covers the time is attached, and none was fetched: whether the signer’s certificate was revoked is not known.',
      });
    }
    if (credentials.signer?.trust === 'not-checked') {
      rows.unshift({
        what: 'Trust lists',
        why: credentials.signer.trustReason ?? 'The signer was not matched against trust lists.',
        ask: 'Install lists with “assay trust update” or “assay trust import”',
      });
    }
  }
  if (credentials.presence === 'remote') {
    rows.unshift({
      what: 'Remote Content Credentials',
      why: 'The address in the file was not fetched.',
      ask: 'Fetch it yourself if you trust the address',
    });
  }
  return rows;
}
