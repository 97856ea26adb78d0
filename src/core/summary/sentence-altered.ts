import { type Said, said } from '../../say/said.js';
import type { ContentCredentials } from '../report/report.js';
import type { Facts } from './sentence-facts.js';
import { caveatSaid, type Parts, type Statement } from './sentence-said.js';
import { cutOffDoubt } from './sentence-unread.js';

/** What is said where credentials no longer fit the file. */

/** `other`: a part of the credentials. */
type Cause = 'data' | 'end' | 'signature' | 'other';

/** What the credentials say is not the file’s word any more, so nothing of it is repeated. */
export function alteredParts(facts: Facts, beside: readonly Statement[]): Parts {
  const { credentials, asset } = facts;
  const cause = causeOf(facts);
  const [other] = beside.filter(({ ofAi }) => ofAi);
  const { manifests = [], activeManifest } = credentials;
  const active = manifests.find(({ label }) => label === activeManifest);
  const isSeen = asset.mediaType.kind === 'image' || asset.mediaType.kind === 'video';
  const compare =
    cause === 'data' && isSeen && active?.hasThumbnail ? [said('sentence.altered.compare')] : [];
  const first =
    other === undefined
      ? [
          said('sentence.altered.cause', { cause }),
          said('sentence.altered.describes', {
            cause: cause === 'data' || cause === 'end' ? 'file' : 'other',
          }),
        ]
      : [said('sentence.altered.both', { cause }), ...other.said.slice(0, 1)];
  const caveat = other?.caveat === undefined ? [] : [caveatSaid(other.caveat)];
  return {
    first,
    middle: compare,
    doubts: [
      ...(cause === 'end' ? [said('sentence.cutOff.copy')] : cutOffDoubt(facts)),
      ...alonePart(credentials),
      ...caveat,
    ],
  };
}

function alonePart({ said: sayable, saidAlone, engine }: ContentCredentials): Said[] {
  const isAlone = sayable?.saidAlone !== undefined || saidAlone !== undefined;
  return isAlone && engine !== undefined ? [said('sentence.doubt.oneEngine', { engine: engine.name })] : [];
}

/** What no longer fits: the content, its end that is missing, the signature, or the credentials. */
export function causeOf({
  credentials: { integrityCauses: causes = [] },
  cutOff,
}: Pick<Facts, 'credentials' | 'cutOff'>): Cause {
  if (causes.some((c) => /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/.test(c)))
    return cutOff === undefined ? 'data' : 'end';
  return causes.includes('claimSignature.mismatch') ? 'signature' : 'other';
}
