import type { Message } from '../../i18n/message.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { MASKED } from '../signals/mask-words.js';
import { PERSONAL, type Personal } from '../signals/personal.js';
import { SIGNATURE_ROWS } from '../signatures/index.js';
import { maskMessage } from './mask-message.js';
import { createTextMask, type Literals, type TextMask } from './personal-text.js';

/**
 * Source protection: without an explicit request, a Report does not lead to any person. The mask is applied once,
 * between the detectors and all conclusions from their signals, so neither sentences nor renderers ever hold masked
 * values.
 */
export interface ReportMask {
  signals(all: readonly Signal[]): Signal[];
  credentials(found: ContentCredentials): ContentCredentials;
  declared(origin: Declared): Declared;
  text: TextMask;
  /** Mask for product names, which may equal personal names. */
  product: TextMask;
}

export interface MaskOptions {
  /** Kinds of personal data to show, as named by `--reveal`. */
  reveal?: readonly Personal[];
  /** Personal words from dedicated fields of the file, in addition to those in the signals' facts. */
  literals?: Literals;
  /** Names of signers and products, which are never masked. */
  publicNames?: readonly string[];
}

export function createReportMask(signals: readonly Signal[], options: MaskOptions = {}): ReportMask {
  const reveal = options.reveal ?? [];
  const literals = collectLiterals(signals, options);
  const text = createTextMask(reveal, literals);
  // Product names may equal personal names, so they are masked by pattern and serial numbers only.
  const product = literals.names.length === 0 ? text : createTextMask(reveal, { ...literals, names: [] });
  return {
    text,
    product,
    signals: (all) => all.map((signal) => maskSignal(signal, text, reveal)),
    credentials: (found) => maskCredentials(found, { text, product }, reveal),
    declared: (origin) => ({
      ...maskMembers(maskMembers(origin, ['agent', 'tool'], product), ['statement', 'manifest'], text),
      ...(origin.followedBy ? { followedBy: origin.followedBy.map(text) } : {}),
    }),
  };
}

const TOOL_NAMES: ReadonlySet<string> = new Set(SIGNATURE_ROWS.map(({ tool }) => tool.trim().toLowerCase()));

/** Collects the values hidden in facts, so that they are masked in every other field too. */
function collectLiterals(signals: readonly Signal[], { literals, publicNames = [] }: MaskOptions): Literals {
  const facts = signals.flatMap(({ facts = [] }) => facts.filter(({ personal }) => personal !== undefined));
  if (literals === undefined && facts.length === 0) return NO_LITERALS;
  const open = new Set(publicNames.map((name) => name.trim().toLowerCase()));
  const of = (kind: Personal) =>
    [
      ...(literals?.[kind] ?? []),
      ...facts.flatMap(({ personal, value }) => (personal === kind && value !== undefined ? [value] : [])),
    ].filter((one) => {
      const word = one.trim().toLowerCase();
      return !open.has(word) && !TOOL_NAMES.has(word);
    });
  return { location: of('location'), serial: of('serial'), names: of('names') };
}

const NO_LITERALS: Literals = { location: [], serial: [], names: [] };

function maskSignal(signal: Signal, text: TextMask, reveal: readonly Personal[]): Signal {
  return {
    ...maskMembers(signal, ['value'], text),
    ...(signal.messages?.value ? { messages: { value: maskMessage(signal.messages.value, text) } } : {}),
    ...(signal.facts ? { facts: signal.facts.map((fact) => maskFact(fact, text, reveal)) } : {}),
    basis: signal.basis.map((place) => maskMembers(place, ['locator'], text)),
  };
}

function maskFact(fact: SignalFact, text: TextMask, reveal: readonly Personal[]): SignalFact {
  const { personal, name } = fact;
  if (personal === undefined)
    return { ...maskMembers(fact, ['value'], text), ...maskMessages(fact.messages, text) };
  return reveal.includes(personal) ? fact : { name, personal };
}

/**
 * The signer's name is shown, because it is the source of the credentials. The serial number of its certificate may
 * identify a device and is masked.
 */
function maskCredentials(
  found: ContentCredentials,
  masks: Masks,
  reveal: readonly Personal[],
): ContentCredentials {
  const { text } = masks;
  const { signer, codes, manifests, secondOpinion, time } = found;
  const ofCodes = (list: NonNullable<typeof codes>['active']) =>
    list.map((code) => maskMembers(code, ['url', 'explanation'], text));
  const serial = signer?.serial === undefined || reveal.includes('serial') ? signer?.serial : MASKED.serial;
  return {
    ...maskMembers(found, ['remoteUrl', 'activeManifest'], text),
    ...maskMessages(found.messages, text),
    ...(signer
      ? {
          signer: {
            ...signer,
            ...maskMessages(signer.messages, text),
            ...(serial === undefined ? {} : { serial }),
            ...maskCertificates(signer.certificates, reveal),
          },
        }
      : {}),
    ...(time
      ? { time: { ...maskMembers(time, ['timestampIn'], text), ...maskMessages(time.messages, text) } }
      : {}),
    ...(codes
      ? {
          codes: {
            active: ofCodes(codes.active),
            ingredients: ofCodes(codes.ingredients),
            cawg: ofCodes(codes.cawg),
          },
        }
      : {}),
    ...(secondOpinion
      ? { secondOpinion: { ...secondOpinion, differences: secondOpinion.differences.map(text) } }
      : {}),
    ...(manifests ? { manifests: manifests.map((one) => maskManifest(one, masks)) } : {}),
  };
}

/** A camera may have a certificate of its own, whose serial number and digest identify the device. */
function maskCertificates(
  certificates: NonNullable<ContentCredentials['signer']>['certificates'],
  reveal: readonly Personal[],
): Pick<NonNullable<ContentCredentials['signer']>, 'certificates'> {
  const [own, ...issuers] = certificates ?? [];
  if (own === undefined || reveal.includes('serial')) return {};
  return { certificates: [{ ...own, serial: MASKED.serial, sha256: MASKED.serial }, ...issuers] };
}

type Manifest = NonNullable<ContentCredentials['manifests']>[number];

interface Masks {
  text: TextMask;
  product: TextMask;
}

function maskManifest(manifest: Manifest, { text, product }: Masks): Manifest {
  const { redacted, uncovered } = manifest;
  return {
    ...maskMembers(maskMembers(manifest, ['label', 'title', 'provenIn'], text), ['claimGenerator'], product),
    ...(redacted ? { redacted: redacted.map(text) } : {}),
    ...(uncovered ? { uncovered: uncovered.map(text) } : {}),
    actions: manifest.actions.map((action) =>
      maskMembers(
        maskMembers(action, ['action', 'digitalSourceType', 'description'], text),
        ['softwareAgent'],
        product,
      ),
    ),
    ingredients: manifest.ingredients.map((one) =>
      maskMembers(one, ['relationship', 'title', 'manifest'], text),
    ),
  };
}

/** Masks the parameters of each message. */
function maskMessages<N extends string>(
  said: { [K in N]?: Message } | undefined,
  text: TextMask,
): { messages?: { [K in N]?: Message } } {
  if (said === undefined) return {};
  const masked: { [K in N]?: Message } = {};
  for (const name of Object.keys(said) as N[]) {
    const one = said[name];
    if (one !== undefined) masked[name] = maskMessage(one, text);
  }
  return { messages: masked };
}

/** Masks the given string members. Returns the record itself if nothing changes. */
function maskMembers<T extends object>(record: T, keys: readonly (keyof T)[], text: TextMask): T {
  let masked: T | undefined;
  for (const key of keys) {
    const value = record[key];
    if (typeof value !== 'string') continue;
    const shown = text(value);
    if (shown === value) continue;
    masked ??= { ...record };
    masked[key] = shown as T[keyof T];
  }
  return masked ?? record;
}

/** Returns the revealed kinds in a fixed order without duplicates; absent if none was requested. */
export function revealedMember(reveal: readonly Personal[] | undefined): { revealed?: Personal[] } {
  const revealed = PERSONAL.filter((kind) => reveal?.includes(kind));
  return revealed.length > 0 ? { revealed } : {};
}
