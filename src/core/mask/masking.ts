import type { Said } from '../../say/said.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { Signal, SignalFact } from '../report/signal.js';
import { MASKED } from '../signals/mask-words.js';
import { PERSONAL, type Personal } from '../signals/personal.js';
import { SIGNATURE_ROWS } from '../signatures/index.js';
import { maskedSaid } from './masking-said.js';
import { type Literals, type TextMask, textMask } from './personal-text.js';

/**
 * Source protection: a Report leads to no person unless asked for. Applied once, between the detectors and everything
 * that is said of what they found, so that neither a sentence nor a renderer ever holds what is masked.
 */
export interface Masking {
  signals(all: readonly Signal[]): Signal[];
  credentials(found: ContentCredentials): ContentCredentials;
  declared(origin: Declared): Declared;
  text: TextMask;
  /** No word of this file and nothing that was asked has a say in `text`: of every text it makes the same each time. */
  isByForm: boolean;
  /** Of names of products: they may be called as a person is. */
  product: TextMask;
}

export interface Known {
  /** As `--reveal` names them. */
  reveal?: readonly Personal[];
  /** Personal words that fields of the file are made for, besides those in the signals' facts. */
  literals?: Literals;
  /** Names that are never personal: of signers and products. */
  publicNames?: readonly string[];
}

export function masking(signals: readonly Signal[], known: Known = {}): Masking {
  const reveal = known.reveal ?? [];
  const literals = literalsOf(signals, known);
  const text = textMask(reveal, literals);
  // A product may be called as a person is; its own fields are masked by form and by serial numbers.
  const product = literals.names.length === 0 ? text : textMask(reveal, { ...literals, names: [] });
  return {
    text,
    isByForm: reveal.length === 0 && PERSONAL.every((kind) => literals[kind].length === 0),
    product,
    signals: (all) => all.map((signal) => maskSignal(signal, text, reveal)),
    credentials: (found) => maskCredentials(found, { text, product }, reveal),
    declared: (origin) => ({
      ...origin,
      ...maskedIn(origin, ['agent', 'tool'], product),
      ...maskedIn(origin, ['said', 'manifest'], text),
      ...(origin.followedBy ? { followedBy: origin.followedBy.map(text) } : {}),
    }),
  };
}

const TOOLS: ReadonlySet<string> = new Set(SIGNATURE_ROWS.map(({ tool }) => tool.trim().toLowerCase()));

/** What the facts hold back must not stand in another field either. */
function literalsOf(signals: readonly Signal[], { literals, publicNames = [] }: Known): Literals {
  const facts = signals.flatMap(({ facts = [] }) => facts.filter(({ personal }) => personal !== undefined));
  if (literals === undefined && facts.length === 0) return NO_LITERALS;
  const open = new Set(publicNames.map((name) => name.trim().toLowerCase()));
  const of = (kind: Personal) =>
    [
      ...(literals?.[kind] ?? []),
      ...facts.flatMap(({ personal, value }) => (personal === kind && value !== undefined ? [value] : [])),
    ].filter((one) => {
      const word = one.trim().toLowerCase();
      return !open.has(word) && !TOOLS.has(word);
    });
  return { location: of('location'), serial: of('serial'), names: of('names') };
}

const NO_LITERALS: Literals = { location: [], serial: [], names: [] };

function maskSignal(signal: Signal, text: TextMask, reveal: readonly Personal[]): Signal {
  return {
    ...signal,
    ...maskedIn(signal, ['value'], text),
    ...(signal.said?.value ? { said: { value: maskedSaid(signal.said.value, text) } } : {}),
    ...(signal.facts ? { facts: signal.facts.map((fact) => maskFact(fact, text, reveal)) } : {}),
    basis: signal.basis.map((place) => ({ ...place, place: text(place.place) })),
  };
}

function maskFact(fact: SignalFact, text: TextMask, reveal: readonly Personal[]): SignalFact {
  const { personal, name } = fact;
  if (personal === undefined)
    return { ...fact, ...maskedIn(fact, ['value'], text), ...maskedWords(fact.said, text) };
  return reveal.includes(personal) ? fact : { name, personal };
}

/** The signer's own name is whom the credentials are from; its certificate's number may lead to one device. */
function maskCredentials(
  found: ContentCredentials,
  masks: Masks,
  reveal: readonly Personal[],
): ContentCredentials {
  const { text } = masks;
  const { signer, codes, manifests, secondOpinion, time } = found;
  const ofCodes = (list: NonNullable<typeof codes>['active']) =>
    list.map((code) => ({ ...code, ...maskedIn(code, ['url', 'explanation'], text) }));
  const serial = signer?.serial === undefined || reveal.includes('serial') ? signer?.serial : MASKED.serial;
  return {
    ...found,
    ...maskedIn(found, ['remoteUrl', 'activeManifest', 'bytesFault', 'saidAlone'], text),
    ...maskedWords(found.said, text),
    ...(signer
      ? {
          signer: {
            ...signer,
            ...maskedWords(signer.said, text),
            ...(serial === undefined ? {} : { serial }),
            ...maskCertificates(signer.certificates, reveal),
          },
        }
      : {}),
    ...(time
      ? { time: { ...time, ...maskedIn(time, ['timestampIn'], text), ...maskedWords(time.said, text) } }
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

/** A camera may have a certificate of its own: its number and its digest name one device as a serial number does. */
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
    ...manifest,
    ...maskedIn(manifest, ['label', 'title', 'provenIn'], text),
    ...maskedIn(manifest, ['claimGenerator'], product),
    ...(redacted ? { redacted: redacted.map(text) } : {}),
    ...(uncovered ? { uncovered: uncovered.map(text) } : {}),
    actions: manifest.actions.map((action) => ({
      ...action,
      ...maskedIn(action, ['action', 'digitalSourceType', 'description'], text),
      ...maskedIn(action, ['softwareAgent'], product),
    })),
    ingredients: manifest.ingredients.map((one) => ({
      ...one,
      ...maskedIn(one, ['relationship', 'title', 'manifest'], text),
    })),
  };
}

/** What is to be said, masked. */
function maskedWords<N extends string>(
  said: { [K in N]?: Said } | undefined,
  text: TextMask,
): { said?: { [K in N]?: Said } } {
  if (said === undefined) return {};
  const masked: { [K in N]?: Said } = {};
  for (const name of Object.keys(said) as N[]) {
    const one = said[name];
    if (one !== undefined) masked[name] = maskedSaid(one, text);
  }
  return { said: masked };
}

/** The named fields that are there, masked. */
function maskedIn<T extends object, K extends keyof T>(
  record: T,
  keys: readonly K[],
  text: TextMask,
): Partial<Record<K, string>> {
  const masked: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'string') masked[key] = text(value);
  }
  return masked;
}

/** In one order, each once; left out where nothing was asked for. */
export function revealedIn(reveal: readonly Personal[] | undefined): { revealed?: Personal[] } {
  const revealed = PERSONAL.filter((kind) => reveal?.includes(kind));
  return revealed.length > 0 ? { revealed } : {};
}
