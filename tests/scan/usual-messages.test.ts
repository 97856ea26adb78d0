import { describe, expect, it } from 'vitest';
import { CARRIERS } from '../../src/core/media/carrier.js';
import { MEDIA_KINDS } from '../../src/core/media/media-kinds.js';
import type { Message } from '../../src/i18n/message.js';
import {
  expandSummary,
  type SentenceContext,
  shortenSummary,
} from '../../src/scan/records/usual-messages.js';

type Sentences = readonly { id: string; params?: object }[];

const short = (sentences: Sentences, beside: SentenceContext): unknown =>
  JSON.parse(JSON.stringify(shortenSummary(sentences as Message[], beside)));

const says = (kind: string) => ({ id: 'sentence.nothing.says', params: { kind } });
const unread = (carriers: readonly string[], more: number) => ({
  id: 'sentence.unreadParts',
  params: { carriers: carriers.map((id) => ({ id })), more },
});
const NOTHING = [{ id: 'sentence.nothing.lookedFor' }, { id: 'sentence.nothing.most' }];
const PARTLY = { id: 'sentence.nothingElse.whereRead' };
const COMPLETE = { kind: 'image', unread: [] };

// The names and their expansions are in stored lines, so a change here changes the meaning of those.
const forms: [name: string, sentences: Sentences, beside: SentenceContext, line: unknown][] = [
  ...MEDIA_KINDS.map((kind): (typeof forms)[number] => [
    `nothing found in a file of kind ${kind}`,
    [...NOTHING, says(kind)],
    { kind, unread: [] },
    'nothing-found',
  ]),
  [
    'one carrier that was not read',
    [PARTLY, unread(['carrier.xmp'], 0)],
    { kind: 'image', unread: ['xmp'] },
    'partly-read',
  ],
  [
    'four, each by its name',
    [PARTLY, unread(['sentence.carrier.c2pa', 'carrier.xmp', 'carrier.exif', 'carrier.iptcIim'], 0)],
    { kind: 'image', unread: ['c2pa', 'xmp', 'exif', 'iptcIim'] },
    'partly-read',
  ],
  [
    'five, three by their names',
    [PARTLY, unread(['carrier.xmp', 'carrier.exif', 'carrier.iptcIim'], 2)],
    { kind: 'image', unread: ['xmp', 'exif', 'iptcIim', 'comment', 'seft'] },
    'partly-read',
  ],
  [
    'other sentences beside those',
    [PARTLY, { id: 'sentence.cutOff.end' }, unread(['carrier.xmp'], 0), says('video')],
    { kind: 'video', unread: ['xmp'] },
    ['.nothingElse.whereRead', '.cutOff.end', '.unreadParts', '.nothing.says'],
  ],
  [
    'a kind that is not the file’s',
    [...NOTHING, says('audio')],
    COMPLETE,
    ['.nothing.lookedFor', '..most', { '..says': { kind: 'audio' } }],
  ],
  [
    'fewer carriers than were not read',
    [PARTLY, unread(['carrier.exif'], 0)],
    { kind: 'image', unread: ['xmp', 'exif'] },
    ['.nothingElse.whereRead', { '.unreadParts': { carriers: [{ 'carrier.exif': {} }], more: 0 } }],
  ],
  ['no sentence', [], COMPLETE, []],
];

describe('the sentences of a line', () => {
  it.each(forms)('say %s, and come back', (_, sentences, beside, line) => {
    expect(short(sentences, beside)).toEqual(line);
    expect(expandSummary(line, beside)).toEqual(sentences);
  });

  it('are those of a line that was written before, with all that goes into them', () => {
    expect(
      expandSummary(
        ['.nothingElse.whereRead', { '.unreadParts': { carriers: [{ 'carrier.exif': {} }], more: 7 } }],
        { kind: 'image', unread: CARRIERS },
      ),
    ).toEqual([PARTLY, unread(['carrier.exif'], 7)]);
  });

  it.each([
    ['a name that nobody gave', 'all-read'],
    ['what every object has', 'constructor'],
    ['a number', 7],
  ])('come back as they are where they are %s, for the check to refuse', (_, line) =>
    expect(expandSummary(line, COMPLETE)).toBe(line),
  );
});
