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
      ...withMasked(withMasked(origin, ['agent', 'tool'], product), ['said', 'manifest'], text),
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
    ...withMasked(signal, ['value'], text),
    ...(signal.said?.value ? { said: { value: maskedSaid(signal.said.value, text) } } : {}),
    ...(signal.facts ? { facts: signal.facts.map((fact) => maskFact(fact, text, reveal)) } : {}),
    basis: signal.basis.map((place) => withMasked(place, ['place'], text)),
  };
}

function maskFact(fact: SignalFact, text: TextMask, reveal: readonly Personal[]): SignalFact {
  const { personal, name } = fact;
  if (personal === undefined)
    return { ...withMasked(fact, ['value'], text), ...maskedWords(fact.said, text) };
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
    list.map((code) => withMasked(code, ['url', 'explanation'], text));
  const serial = signer?.serial === undefined || reveal.includes('serial') ? signer?.serial : MASKED.serial;
  return {
    ...withMasked(found, ['remoteUrl', 'activeManifest', 'bytesFault', 'saidAlone'], text),
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
      ? { time: { ...withMasked(time, ['timestampIn'], text), ...maskedWords(time.said, text) } }
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
    ...withMasked(withMasked(manifest, ['label', 'title', 'provenIn'], text), ['claimGenerator'], product),
    ...(redacted ? { redacted: redacted.map(text) } : {}),
    ...(uncovered ? { uncovered: uncovered.map(text) } : {}),
    actions: manifest.actions.map((action) =>
      withMasked(
        withMasked(action, ['action', 'digitalSourceType', 'description'], text),
        ['softwareAgent'],
        product,
      ),
    ),
    ingredients: manifest.ingredients.map((one) =>
      withMasked(one, ['relationship', 'title', 'manifest'], text),
    ),
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

/** The same with the named fields masked that are there: itself, where nothing of them is. */
function withMasked<T extends object>(record: T, keys: readonly (keyof T)[], text: TextMask): T {
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

/** In one order, each once; left out where nothing was asked for. */
export function revealedIn(reveal: readonly Personal[] | undefined): { revealed?: Personal[] } {
  const revealed = PERSONAL.filter((kind) => reveal?.includes(kind));
  return revealed.length > 0 ? { revealed } : {};
}
