import { describe, expect, it } from 'vitest';
import type { Truncation } from '../../../src/core/evidence/cut-off.js';
import type { Carrier } from '../../../src/core/media/carrier.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import type { ContentCredentials, Declared } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { type SummaryInput, summarise } from '../../../src/core/summary/summary.js';
import { type Message, message as toSay } from '../../../src/i18n/message.js';
import { spell } from '../../i18n/spelled.js';

/** Below the headline: the signer, changes since, and the one doubt that applies. */
describe('the binding sentences', () => {
  interface Facts {
    credentials?: ContentCredentials;
    declared?: Declared;
    signals?: Signal[];
    unread?: readonly Carrier[];
    notRead?: Message;
    late?: readonly Carrier[];
    cutOff?: Truncation;
    kind?: 'video';
    dates?: SummaryInput['dates'];
  }
  const said = (facts: Facts) =>
    summarise({
      asset: { bytes: 9, mediaType: facts.kind === 'video' ? MEDIA_TYPES.mp4 : MEDIA_TYPES.png },
      credentials: facts.credentials ?? { presence: 'absent' },
      ...(facts.declared ? { declared: facts.declared } : {}),
      signals: facts.signals ?? [],
      coverage: {
        state: facts.unread ? 'partial' : 'complete',
        unread: (facts.unread ?? []).map((carrier) => ({ carrier })),
      },
      ...(facts.notRead === undefined ? {} : { notRead: facts.notRead }),
      ...(facts.late ? { late: facts.late } : {}),
      ...(facts.cutOff ? { cutOff: facts.cutOff } : {}),
      ...(facts.dates ? { dates: facts.dates } : {}),
    }).summary.messages?.sentence ?? [];

  const google: ContentCredentials = {
    presence: 'present',
    integrity: 'intact',
    signer: { name: 'Google LLC', trust: 'official', listDate: '2026-08-05' },
    time: {
      proven: '2026-05-03T10:00:00Z',
      authorityTrust: 'official',
      validity: 'inside',
      revocation: 'not-revoked',
    },
  };
  const declared = (over: Partial<Declared>): Declared => ({
    origin: 'ai-generated',
    backing: 'trusted',
    where: 'this',
    editedAfterCapture: false,
    ...over,
  });
  const unlisted: ContentCredentials = {
    presence: 'present',
    integrity: 'intact',
    signer: { name: 'Example Studio', trust: 'unlisted' },
  };
  type Manifest = NonNullable<ContentCredentials['manifests']>[number];
  const earlierManifest = (over: Partial<Manifest>): Manifest => ({
    label: 'm2',
    active: false,
    depth: 1,
    integrity: 'intact',
    actions: [],
    ingredients: [],
    ...over,
  });
  const TAM = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
  /** Has an input, so that statements about it can be distinguished. */
  const withSteps = (claimGenerator: string, steps: readonly string[]): ContentCredentials => ({
    ...google,
    activeManifest: 'm1',
    manifests: [
      {
        label: 'm1',
        active: true,
        depth: 0,
        integrity: 'intact',
        claimGenerator,
        actions: steps.map((action) => ({ action })),
        ingredients: [{ relationship: 'inputTo', manifest: 'm2' }],
      },
    ],
  });
  const signedByAdobe = (...given: Parameters<typeof withSteps>): ContentCredentials => ({
    ...withSteps(...given),
    signer: { name: 'Adobe Inc.', trust: 'official', listDate: '2026-08-05' },
  });
  const signal = (id: Signal['id'], over: Partial<Signal> = {}): Signal => ({
    id,
    backing: 'unsigned',
    basis: [{ carrier: 'xmp', locator: 'p' }],
    ...over,
  });

  it.each<[string, Facts, string[]]>([
    [
      'signed, listed, intact, AI',
      { credentials: google, declared: declared({}) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
      ],
    ],
    [
      'AI statement in an ancestor that was edited since',
      { credentials: google, declared: declared({ where: 'ancestor', edited: true }) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.declared.edited',
      ],
    ],
    [
      'AI statement in an ancestor, in a Report that does not say what came after',
      { credentials: google, declared: declared({ where: 'ancestor' }) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.declared.edited',
      ],
    ],
    [
      'signed, listed, captured',
      { credentials: google, declared: declared({ origin: 'captured', agent: 'Pixel Camera' }) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.declared.noEdit(kind: image)',
        'sentence.doubt.screen(kind: other)',
      ],
    ],
    [
      'signed, listed, captured, beside text that says AI',
      {
        credentials: google,
        declared: declared({ origin: 'captured', agent: 'Pixel Camera' }),
        signals: [signal('file.aiText', { value: 'AI-generated' })],
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.text.reads(field: other, words: text.quoted(text: AI-generated))',
        'sentence.caveat.textAttached',
      ],
    ],
    [
      'intact, expired, no timestamp',
      {
        credentials: {
          ...google,
          time: {
            authorityTrust: 'not-checked',
            validity: 'expired-without-timestamp',
            revocation: 'not-revoked',
          },
        },
      },
      [
        'sentence.who.signed(dated: other, day: text.asWritten(text: ), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.none(kind: image)',
        'sentence.doubt.expiredOf(name: text.asWritten(text: Google LLC), why: noTimestamp)',
      ],
    ],
    [
      'intact, unlisted',
      { credentials: unlisted },
      [
        'sentence.who.named(kept: other, name: text.quoted(text: Example Studio))',
        'sentence.history.none(kind: image)',
        'sentence.doubt.unlisted(names: one)',
      ],
    ],
    [
      'a statement in credentials that a listed signer kept, in a Report that does not say whose they are',
      { credentials: google, declared: declared({ where: 'ancestor', backing: 'valid' }) },
      [
        'sentence.who.earlierUnnamed(kept: other, publisher: text.asWritten(text: Google LLC))',
        'sentence.declared.edited',
      ],
    ],
    [
      'nothing edited since: of this picture, with the tool that our table knows and what came after',
      {
        credentials: google,
        declared: declared({
          where: 'ancestor',
          manifest: 'm2',
          signedBy: 'same',
          edited: false,
          tool: 'GPT-4o',
          followedBy: ['c2pa.edited (visible watermark)', 'c2pa.converted'],
        }),
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.declared.after(more: 0, steps: list.and(items: [sentence.after(step: visible)], last: sentence.after(step: converted)))',
      ],
    ],
    [
      'a tool that our table does not know, and one that only an unlisted signer names',
      { credentials: google, declared: declared({ tool: 'Assay verified this. Really and truly, it did' }) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
      ],
    ],
    [
      'a known tool under an unlisted signer',
      { credentials: unlisted, declared: declared({ backing: 'valid', tool: 'GPT-4o' }) },
      [
        'sentence.who.named(kept: other, name: text.quoted(text: Example Studio))',
        'sentence.doubt.unlisted(names: one)',
      ],
    ],
    [
      'a broadcaster’s credentials over those of a camera whose certificate has run out',
      {
        kind: 'video',
        credentials: {
          ...google,
          signer: { name: 'European Broadcasting Union', trust: 'interim', listDate: '2026-01-01' },
          manifests: [
            earlierManifest({
              signer: 'Sony Corporation',
              trust: 'interim',
              validity: 'expired-without-timestamp',
            }),
          ],
        },
        declared: declared({
          origin: 'captured',
          backing: 'valid',
          where: 'ancestor',
          edited: false,
          manifest: 'm2',
          signedBy: 'another',
          agent: 'SONY_CAMERA',
        }),
      },
      [
        'sentence.who.earlier(dated: other, day: text.asWritten(text: ), kept: other, name: text.asWritten(text: Sony Corporation), published: on, publishedDay: date.day(day: 3, month: 5, year: 2026), publisher: text.asWritten(text: European Broadcasting Union), standing: expired)',
        'sentence.declared.noEdit(kind: other)',
        'sentence.doubt.screen(kind: video)',
      ],
    ],
    [
      'an earlier signer with a proven day',
      {
        credentials: {
          ...google,
          manifests: [
            earlierManifest({
              signer: 'Nikon Corporation',
              trust: 'official',
              validity: 'inside',
              proven: '2026-04-02T00:00:00Z',
            }),
          ],
        },
        declared: declared({ where: 'ancestor', edited: true, manifest: 'm2', signedBy: 'another' }),
      },
      [
        'sentence.who.earlier(dated: on, day: date.day(day: 2, month: 4, year: 2026), kept: other, name: text.asWritten(text: Nikon Corporation), published: on, publishedDay: date.day(day: 3, month: 5, year: 2026), publisher: text.asWritten(text: Google LLC), standing: other)',
        'sentence.declared.edited',
      ],
    ],
    [
      'an earlier signer on no list',
      {
        credentials: { ...google, manifests: [earlierManifest({ signer: 'X', trust: 'unlisted' })] },
        declared: declared({ where: 'ancestor', backing: 'valid', manifest: 'm2', signedBy: 'another' }),
      },
      [
        'sentence.who.earlierNamed(kept: other, name: text.quoted(text: X), publisher: text.asWritten(text: Google LLC))',
        'sentence.declared.edited',
        'sentence.doubt.earlierUnlisted(looked: yes)',
      ],
    ],
    [
      'an earlier signer whom all know, under one whom nobody knows',
      {
        credentials: {
          ...unlisted,
          manifests: [earlierManifest({ signer: 'OpenAI', trust: 'official', validity: 'inside' })],
        },
        declared: declared({
          where: 'ancestor',
          backing: 'valid',
          manifest: 'm2',
          signedBy: 'another',
          tool: 'GPT-4o',
        }),
      },
      [
        'sentence.who.earlierNamed(kept: other, name: text.quoted(text: OpenAI), publisher: text.quoted(text: Example Studio))',
        'sentence.declared.edited',
        'sentence.doubt.unlisted(names: both)',
      ],
    ],
    [
      'steps without a source type, by a known tool and grouped',
      {
        credentials: signedByAdobe('Adobe_Photoshop/26.11 adobe_c2pa/0.14', [
          'c2pa.opened',
          'c2pa.cropped',
          'c2pa.placed',
          'c2pa.placed',
          'com.example.magic',
        ]),
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Adobe Inc.), what: other)',
        'sentence.history.stepsBy(ai: other, more: 1, steps: [sentence.step(step: opened), sentence.step(step: cropped), sentence.step.placed(times: 2)], tool: text.asWritten(text: Adobe Photoshop))',
        'sentence.history.aiNotStated',
      ],
    ],
    [
      'steps of a tool that another listed signer names',
      { credentials: withSteps('Adobe_Photoshop/26.11 adobe_c2pa/0.14', ['c2pa.opened', 'c2pa.cropped']) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step(step: opened), sentence.step(step: cropped)], tool: text.quoted(text: Adobe_Photoshop/26.11))',
        'sentence.history.aiNotStated',
      ],
    ],
    [
      'steps that a C2PA library wrote down',
      {
        credentials: withSteps('Google C2PA Core Generator Library 925066386:925066386', [
          'c2pa.opened',
          'c2pa.cropped',
        ]),
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.steps(ai: other, more: 0, steps: [sentence.step(step: opened), sentence.step(step: cropped)])',
        'sentence.history.aiNotStated',
      ],
    ],
    [
      'more steps than a sentence holds',
      {
        credentials: withSteps(
          'Example Editor/1.0',
          Array.from({ length: 12 }, (_, at) => `com.example.step${at}`),
        ),
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step.ownKind(times: 12)], tool: text.quoted(text: Example Editor/1.0))',
        'sentence.history.aiNotStated',
      ],
    ],
    [
      'steps beside something that speaks of AI',
      {
        credentials: withSteps('Example Editor/1.0', ['c2pa.created']),
        signals: [signal('c2pa.declaration.aiDisclosure', { backing: 'trusted' })],
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.declared.speaks(form: other)',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step(step: created)], tool: text.quoted(text: Example Editor/1.0))',
      ],
    ],
    [
      'a source type of an input alone',
      {
        credentials: {
          ...withSteps('Example Editor/1.0', ['c2pa.created']),
          manifests: [
            ...(withSteps('Example Editor/1.0', ['c2pa.created']).manifests ?? []),
            earlierManifest({ actions: [{ action: 'c2pa.created', digitalSourceType: TAM }] }),
          ],
        },
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.source.input(is: sentence.says(term: trainedAlgorithmicMedia))',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step(step: created)], tool: text.quoted(text: Example Editor/1.0))',
      ],
    ],
    [
      'neither step nor source',
      { credentials: withSteps('Example Editor/1.0', []) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.none(kind: image)',
      ],
    ],
    [
      'altered by the word of one engine',
      {
        credentials: {
          ...unlisted,
          integrity: 'altered',
          integrityCauses: ['assertion.dataHash.mismatch'],
          engine: { name: 'native', version: '0', sdk: 'c2pa-rs 0' },
          messages: { soleEngine: toSay('engine.alone.none') },
        },
      },
      [
        'sentence.altered.cause(cause: data)',
        'sentence.altered.describes(cause: file)',
        'sentence.doubt.oneEngine(engine: native)',
      ],
    ],
    [
      'a signature that leaves out more than the credentials',
      {
        credentials: google,
        declared: declared({}),
        signals: [
          signal('c2pa.binding.leavesOutMore', {
            messages: {
              value: toSay('fact.ranges', { ranges: [toSay('sentence.bytes', { first: '0', last: '99' })] }),
            },
          }),
        ],
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: covered, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.doubt.leavesOut(where: head)',
      ],
    ],
    [
      'a manifest that the engine could not load',
      { credentials: { ...google, bytesFaultMissing: ['signer', 'time', 'statements', 'backing'] } },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.unread',
      ],
    ],
    [
      'altered by a part of the credentials',
      { credentials: { ...unlisted, integrity: 'altered', integrityCauses: ['claim.missing'] } },
      ['sentence.altered.cause(cause: other)', 'sentence.altered.describes(cause: other)'],
    ],
    [
      'a producer’s name that is no code',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.element.contentProducer', { value: '示例服务' }),
        ],
      },
      [
        'sentence.label.gb(by: sentence.label.producer.name(name: text.quoted(text: 示例服务)), says: sentence.label.reading.none)',
        'sentence.caveat.unsigned',
      ],
    ],
    [
      'an item placed in that a camera recorded, by the maker who signed it',
      {
        credentials: {
          ...google,
          activeManifest: 'm1',
          manifests: [
            {
              label: 'm1',
              active: true,
              depth: 0,
              integrity: 'intact',
              actions: [{ action: 'c2pa.placed' }],
              ingredients: [{ relationship: 'componentOf', manifest: 'm2' }],
            },
            {
              label: 'm2',
              active: false,
              depth: 1,
              integrity: 'intact',
              signer: 'Sony Corporation',
              trust: 'interim',
              validity: 'expired-without-timestamp',
              actions: [{ action: 'c2pa.created', digitalSourceType: 'digitalCapture' }],
              ingredients: [],
            },
          ],
        },
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.source.partBy(is: sentence.says(term: digitalCapture), signer: text.asWritten(text: Sony Corporation))',
        'sentence.history.steps(ai: other, more: 0, steps: [sentence.step.placed(times: 1)])',
      ],
    ],
    [
      'steps that Photoshop recorded, under a listed signer',
      {
        credentials: signedByAdobe('Adobe_Photoshop/26.11 adobe_c2pa/0.14', [
          'c2pa.opened',
          'c2pa.cropped',
          'c2pa.resized',
          'c2pa.placed',
        ]),
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Adobe Inc.), what: other)',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step(step: opened), sentence.step(step: cropped), sentence.step(step: resized), sentence.step.placed(times: 1)], tool: text.asWritten(text: Adobe Photoshop))',
        'sentence.history.aiNotStated',
      ],
    ],
    [
      'altered, with the small picture of then',
      {
        credentials: {
          ...unlisted,
          integrity: 'altered',
          integrityCauses: ['assertion.dataHash.mismatch'],
          activeManifest: 'm1',
          manifests: [earlierManifest({ label: 'm1', active: true, hasThumbnail: true })],
        },
      },
      [
        'sentence.altered.cause(cause: data)',
        'sentence.altered.describes(cause: file)',
        'sentence.altered.compare',
      ],
    ],
    [
      'a signature that does not hold',
      { credentials: { ...google, integrity: 'altered', integrityCauses: ['claimSignature.mismatch'] } },
      ['sentence.altered.cause(cause: signature)', 'sentence.altered.describes(cause: other)'],
    ],
    [
      'a weak trace beside a strong signed statement',
      {
        credentials: google,
        declared: declared({ origin: 'ai-edited', tool: 'Photo assist' }),
        signals: [signal('generator.samsungGalaxyAi', { backing: 'inferred' })],
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
      ],
    ],
    [
      'a label beside credentials that say nothing of AI',
      { credentials: unlisted, signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia')] },
      [
        'sentence.label.term(how: beside, is: sentence.says(term: trainedAlgorithmicMedia))',
        'sentence.who.named(kept: other, name: text.quoted(text: Example Studio))',
        'sentence.caveat.attached',
      ],
    ],
    [
      'a signed capture beside a label of AI',
      {
        credentials: google,
        declared: declared({ origin: 'captured' }),
        signals: [
          signal('c2pa.digitalSourceType.digitalCapture', { backing: 'trusted' }),
          signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
        ],
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.conflict.excludes(capture: contradiction.by.manifest, generation: contradiction.by.iptc)',
        'sentence.doubt.which',
      ],
    ],
    [
      'a capture, and the screen that may have stood before it',
      { credentials: google, declared: declared({ origin: 'captured' }) },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: statement)',
        'sentence.declared.noEdit(kind: image)',
        'sentence.doubt.screen(kind: other)',
      ],
    ],
    [
      'a certificate that was revoked',
      {
        credentials: {
          ...google,
          time: { authorityTrust: 'official', validity: 'inside', revocation: 'revoked' },
        },
        declared: declared({}),
      },
      ['sentence.who.named(kept: other, name: text.quoted(text: Google LLC))', 'sentence.doubt.revoked'],
    ],
    [
      'credentials kept at a host',
      { credentials: { presence: 'remote', remoteUrl: 'https://cai-manifests.adobe.com/manifests/x' } },
      [
        'sentence.remoteAt(host: text.quoted(text: cai-manifests.adobe.com))',
        'sentence.nothingElse.attached(read: all)',
        'sentence.remoteFetch',
      ],
    ],
    [
      'credentials damaged',
      {
        credentials: { presence: 'unreadable' },
        signals: [signal('c2pa.unreadable', { backing: 'invalid' })],
        unread: ['c2pa'],
      },
      ['sentence.nothingElse.attached(read: other)', 'sentence.damagedCopy'],
    ],
    [
      'credentials of before the standard',
      {
        credentials: { presence: 'unreadable' },
        signals: [signal('c2pa.unreadable', { backing: 'invalid', value: 'c2pa.PrereleaseError' })],
        unread: ['c2pa'],
      },
      ['sentence.nothingElse.attached(read: other)', 'sentence.oldForm'],
    ],
    [
      'an altered item in a file whose signer no list has',
      { credentials: { ...unlisted, ingredientIntegrity: 'altered' } },
      [
        'sentence.who.named(kept: other, name: text.quoted(text: Example Studio))',
        'sentence.ingredient',
        'sentence.doubt.unlisted(names: one)',
      ],
    ],
    [
      'content that the signature leaves out',
      {
        credentials: { ...unlisted, integrity: 'undetermined' },
        signals: [signal('c2pa.binding.leavesOutMore')],
      },
      [
        'sentence.who.undetermined(name: text.quoted(text: Example Studio), why: content)',
        'sentence.history.none(kind: image)',
        'sentence.doubt.unlisted(names: one)',
      ],
    ],
    [
      'marks in the signer’s own words',
      {
        credentials: {
          ...google,
          activeManifest: 'm1',
          manifests: [
            {
              label: 'm1',
              active: true,
              depth: 0,
              integrity: 'intact',
              claimGenerator: 'Example Editor/1.0',
              actions: [
                { action: 'c2pa.opened' },
                { action: 'c2pa.edited', description: 'Added imperceptible SynthID watermark' },
                { action: 'c2pa.edited', description: 'Image watermarked' },
                { action: 'c2pa.watermarked.unbound' },
              ],
              ingredients: [],
            },
          ],
        },
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step(step: opened), sentence.step(step: invisible), sentence.step(step: watermark)], tool: text.quoted(text: Example Editor/1.0))',
        'sentence.history.aiNotStated',
      ],
    ],
    [
      'a source type on a mark alone',
      {
        credentials: {
          ...google,
          activeManifest: 'm1',
          manifests: [
            {
              label: 'm1',
              active: true,
              depth: 0,
              integrity: 'intact',
              claimGenerator: 'Example Editor/1.0',
              actions: [
                {
                  action: 'c2pa.edited',
                  digitalSourceType: TAM,
                  description: 'Applied imperceptible SynthID watermark.',
                },
              ],
              ingredients: [],
            },
          ],
        },
      },
      [
        'sentence.who.signed(dated: on, day: date.day(day: 3, month: 5, year: 2026), kept: other, name: text.asWritten(text: Google LLC), what: other)',
        'sentence.source.mark(is: sentence.says(term: trainedAlgorithmicMedia))',
        'sentence.history.stepsBy(ai: other, more: 0, steps: [sentence.step(step: invisible)], tool: text.quoted(text: Example Editor/1.0))',
      ],
    ],
    [
      'a producer’s code that our table has',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.label.generated'),
          signal('gb45438.element.contentProducer', { value: '001191110102MACQD9K64010000' }),
          signal('gb45438.provider.listed', {
            value: '001191110102MACQD9K64010000',
            facts: [{ name: 'companyLookUp', messages: { value: toSay('fact.provider.doubao') } }],
          }),
        ],
      },
      [
        'sentence.label.gb(by: sentence.label.producer.listed(code: text.quoted(text: 001191110102MACQD9K64010000), name: fact.provider.doubao), says: sentence.label.reading.generated)',
        'sentence.caveat.unsigned',
      ],
    ],
    [
      'a platform’s tag',
      { signals: [signal('platform.tiktok.aiLabel.creator', { grade: 'O' })] },
      ['sentence.label.marked(by: creator, tool: sentence.label.somePlatform)', 'sentence.caveat.unsigned'],
    ],
    [
      'a camera and its day, with a clock that was not set',
      {
        signals: [
          signal('camera.exif', { backing: 'inferred', value: 'Hasselblad L1D-20c' }),
          signal('file.dates.unsetClock', { backing: 'inferred', value: '1970-01-01' }),
        ],
        dates: [
          { name: 'Exif DateTimeOriginal', value: '2019:10:03 10:11:12', carrier: 'exif', locator: 'p' },
        ],
      },
      [
        'sentence.nothing.lookedFor',
        'sentence.metadata.cameraAndDay(camera: text.quoted(text: Hasselblad L1D-20c), day: date.day(day: 3, month: 10, year: 2019))',
        'sentence.doubt.unsetClock(day: 1970-01-01)',
      ],
    ],
    [
      'text that says AI',
      {
        signals: [
          signal('file.aiText', {
            value: 'AI-generated',
            facts: [{ name: 'field', messages: { value: toSay('fact.aiTextField', { field: 'rights' }) } }],
          }),
          signal('camera.named', { backing: 'inferred', value: 'Canon EOS R5' }),
        ],
      },
      ['sentence.text.reads(field: rights, words: text.quoted(text: AI-generated))', 'sentence.caveat.text'],
    ],
    [
      'text that says AI beside a tool’s trace, which says it with more behind it',
      {
        signals: [
          signal('generator.mflux', {
            backing: 'inferred',
            basis: [{ carrier: 'xmp', locator: 'p', row: 'mflux.credit' }],
          }),
          signal('file.aiText', { value: 'AI Generated Content' }),
        ],
      },
      [
        'sentence.trace.mark(count: 1, from: nothing, item: sentence.item.image, media: sentence.media.image, tools: text.asWritten(text: MFLUX), work: made)',
        'sentence.caveat.mark',
      ],
    ],
    [
      'a program that takes screenshots',
      {
        signals: [
          signal('editor.screenshot', {
            backing: 'inferred',
            basis: [{ carrier: 'comment', locator: 'COM', row: 'snipaste-comment' }],
          }),
        ],
      },
      [
        'sentence.nothing.lookedFor',
        'sentence.metadata.screenshot(tool: text.asWritten(text: Snipaste))',
        'sentence.nothing.says(kind: image)',
      ],
    ],
    [
      'a name that says another format',
      {
        signals: [
          signal('file.mediaTypeMismatch', {
            messages: { value: toSay('fact.mediaTypes', { stated: 'image/jpeg', found: 'image/png' }) },
          }),
        ],
      },
      [
        'sentence.nothing.lookedFor',
        'sentence.nothing.most',
        'sentence.doubt.ending(found: text.format(format: PNG), stated: text.format(format: JPEG))',
      ],
    ],
    [
      'lists not installed',
      {
        credentials: {
          ...unlisted,
          signer: {
            name: 'N',
            trust: 'not-checked',
            messages: { trustReason: toSay('fault.trust.noList', { whose: 'other' }) },
          },
        },
      },
      [
        'sentence.who.named(kept: other, name: text.quoted(text: N))',
        'sentence.history.none(kind: image)',
        'sentence.doubt.notChecked(why: noList)',
      ],
    ],
    [
      'altered',
      {
        credentials: { ...unlisted, integrity: 'altered', integrityCauses: ['assertion.dataHash.mismatch'] },
      },
      ['sentence.altered.cause(cause: data)', 'sentence.altered.describes(cause: file)'],
    ],
    [
      'remote only',
      { credentials: { presence: 'remote' } },
      ['sentence.remote', 'sentence.nothingElse.attached(read: all)', 'sentence.remoteFetch'],
    ],
    [
      'GB 45438 label',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.label.generated'),
          signal('gb45438.element.contentProducer', { value: '0011911' }),
        ],
      },
      [
        'sentence.label.gb(by: sentence.label.producer.code(code: text.quoted(text: 0011911)), says: sentence.label.reading.generated)',
        'sentence.caveat.unsigned',
      ],
    ],
    [
      'generator trace',
      {
        signals: [
          signal('generator.a1111', {
            backing: 'inferred',
            facts: [{ name: 'model' }, { name: 'seed' }, { name: 'prompt' }],
          }),
        ],
      },
      [
        'sentence.trace.settingsNamed(count: 1, from: nothing, item: sentence.item.image, media: sentence.media.image, settings: [sentence.setting.model, sentence.setting.seed, sentence.setting.prompt], tools: text.asWritten(text: Stable Diffusion web UI), work: made)',
        'sentence.caveat.settings',
      ],
    ],
    [
      'contradiction',
      {
        signals: [
          signal('camera.exif', { backing: 'inferred' }),
          signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
        ],
      },
      [
        'sentence.label.term(how: other, is: sentence.says(term: trainedAlgorithmicMedia))',
        'sentence.conflict.against(capture: contradiction.by.exif)',
      ],
    ],
    [
      'nothing',
      {},
      ['sentence.nothing.lookedFor', 'sentence.nothing.most', 'sentence.nothing.says(kind: image)'],
    ],
    [
      'cut off',
      { unread: ['xmp', 'exif'], cutOff: { isMostMissing: false, carriers: ['xmp', 'exif'] } },
      ['sentence.nothingElse.whereRead', 'sentence.cutOff.end'],
    ],
    [
      'more is missing than is there',
      { unread: ['xmp', 'exif'], cutOff: { isMostMissing: true, carriers: ['xmp'] } },
      ['sentence.nothingElse.whereRead', 'sentence.cutOff.copy'],
    ],
    [
      'no time for anything',
      { notRead: toSay('text.asWritten', { text: 'x' }), late: ['xmp', 'exif'] },
      ['sentence.notFinished', 'sentence.tryAgain'],
    ],
    [
      'no time for some',
      { unread: ['xmp', 'exif'], late: ['exif'] },
      ['sentence.nothingElse.whereRead', 'sentence.lateParts(carriers: [carrier.exif], more: 0)'],
    ],
    [
      'a reading process that died',
      { notRead: toSay('fault.reader.crashed', { how: 'signal', end: 'SIGSEGV' }) },
      ['sentence.unreadFile(how: crashed)', 'sentence.notReadSays'],
    ],
    [
      'could not be read',
      { unread: ['xmp', 'exif'] },
      [
        'sentence.nothingElse.whereRead',
        'sentence.unreadParts(carriers: [carrier.xmp, carrier.exif], more: 0)',
      ],
    ],
  ])('%s', (_case, facts, expected) => {
    expect(said(facts).map(spell)).toEqual(expected);
  });

  it.each([
    [{ validity: 'outside' }, 'outside'],
    [{ validity: 'not-yet-valid' }, 'notYetValid'],
    [{ validity: 'unknown' }, 'unknown'],
    [{ validity: 'inside', revoked: true }, 'revoked'],
    [{ validity: 'inside' }, 'other'],
  ] as const)('tell of the certificate of an earlier signer: %j', (over, standing) => {
    const [sentence] = said({
      credentials: {
        ...google,
        manifests: [earlierManifest({ signer: 'Nikon Corporation', trust: 'official', ...over })],
      },
      declared: declared({ where: 'ancestor', manifest: 'm2', signedBy: 'another' }),
    }).map(spell);
    expect(sentence).toContain(`standing: ${standing})`);
  });

  it.each([
    [{ where: 'behind', how: 'partly' }, 'sentence.furtherCount(count: 3, how: partly, where: behind)'],
    [{ where: 'inside', how: 'not' }, 'sentence.furtherCount(count: 3, how: other, where: other)'],
  ])('count the files behind or inside that were not examined: %j', (params, sentence) => {
    const { summary } = summarise({
      asset: { bytes: 9, mediaType: MEDIA_TYPES.png },
      credentials: { presence: 'absent' },
      signals: [],
      coverage: {
        state: 'partial',
        unread: [{ carrier: 'parts', code: 'parts.notLookedInto', params: { count: 3, ...params } }],
      },
    });
    expect([summary.messages?.sentence ?? []].flat().map(spell)).toContain(sentence);
  });
});
