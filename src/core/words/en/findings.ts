import type { Kind } from '../../media-types.js';
import { quoted, tail } from '../../quoted.js';
import type { FindingWords } from '../findings.js';
import { carriers } from './carriers.js';
import { date, grouped, listed } from './numbers.js';

const kinds: Record<Kind, string> = {
  image: 'pictures',
  video: 'videos',
  audio: 'sound files',
  document: 'documents',
  other: 'files of an unrecognised format',
};

const kindOfThis: Record<Kind, string> = {
  image: 'a picture',
  video: 'a video',
  audio: 'a sound file',
  document: 'a document',
  other: 'of a format that was not recognised',
};

export const findings: FindingWords = {
  language: 'en',
  outcomes: {
    answered: 'answered',
    'partly-answered': 'partly answered',
    'no-signal-found': 'no signal found',
    indeterminate: 'cannot be determined: part of the file could not be read',
    'not-assessable': 'cannot be told from a file',
    'not-applicable': 'does not apply to this file',
    'not-in-force': 'not in force on that day',
    superseded: 'superseded',
  },
  general: {
    answered: () =>
      'The file carries a signal that answers this clause. Whether the clause binds anyone here cannot be told from the file.',
    'partly-answered': () => 'The file carries signals that answer a part of this clause.',
    'no-signal-found': () =>
      'No signal that answers this clause was found. Many lawful files carry none. This says nothing about how the content was made, nor whether the clause binds anyone here.',
    indeterminate: () =>
      'Part of the file could not be read, so whether it carries what this clause asks for cannot be determined.',
    'not-assessable': () => 'What this clause asks for cannot be told from a file.',
    'not-applicable': () => 'The file carries nothing that this clause speaks of.',
    'not-in-force': ({ from, asOf }) =>
      `This clause applies from ${date(from)}; this report speaks of ${date(asOf)}.`,
    superseded: ({ until, asOf }) =>
      `This wording applied until the day before ${date(until ?? asOf)}; this report speaks of ${date(asOf)}.`,
  },
  next: {
    'ask-original':
      'Ask whoever made it for the original file: platforms often remove labels and credentials.',
    'contact-signer': 'Check that the signer is who you expect, and ask the signer where it matters.',
    'ask-who-wrote-it':
      'Anyone can write or remove such a label: ask whoever published the file who wrote it.',
    'vendor-checker': 'Use the vendor’s own checker: it can look for marks that cannot be read here.',
    'look-at-visible-label': 'Look at the picture or video itself for a visible label.',
    'listen-for-label': 'Listen to the sound itself for a spoken or rhythmic label.',
    'another-copy': 'Ask for another copy of the file: this one could not be read in full.',
    'ask-a-lawyer': 'Whether and whom this clause binds is a question for a lawyer, not for a file.',
    'see-later-wording': 'See the wording that took its place.',
    'see-date': 'Ask again from the day it applies, or give the day you want to know about.',
    nothing: 'Nothing: the clause does not speak of this file.',
  },
  otherKind: (media, kind) =>
    `This clause was looked at for ${listed(media.map((one) => kinds[one]))}; this file is ${kindOfThis[kind]}.`,
  leftOut: 'What this file holds of that kind no longer matches it, and was left out.',
  elsewhere: 'The file points to Content Credentials kept elsewhere; they were not fetched.',
  faults: {
    'c2pa.integrity.altered': 'the Content Credentials no longer match the file',
    'c2pa.unreadable': 'the Content Credentials could not be read',
    'gb45438.label.shell': 'a label is empty',
    'gb45438.copies.disagree': 'two copies of a label differ',
    'gb45438.security.signatureBroken': 'a label no longer matches its own signature',
  },
  faultsJoined: listed,
  where: (places, more) => {
    const said = places.map(
      ({ carrier, place, offset }) =>
        `${carriers[carrier]} ${quoted(tail(place))}${offset === undefined ? '' : ` at byte ${grouped(offset)}`}`,
    );
    return said.length === 0
      ? ''
      : `Found in ${listed(said)}${more > 0 ? ` and ${grouped(more)} more ${more === 1 ? 'place' : 'places'}` : ''}.`;
  },
  gap: ' ',
};
