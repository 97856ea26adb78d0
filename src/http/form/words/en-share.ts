import type { ShareWords } from './share-words.js';

export const enShare: ShareWords = {
  open: 'Share this report',
  heading: 'Share this report',
  seesHeading: 'What the link shows',
  sees: 'Whoever has the link reads this report as it stands, without a key: the file’s name and hash, what the file says about itself, what was checked, and the rules. They can save it as PDF and JSON, and pass the link on. The file itself is not shared.',
  kinds: { location: 'locations', serial: 'serial numbers', names: 'personal names' },
  masked: (kinds) => `Left out or masked in this report: ${kinds}.`,
  days: 'The link holds for',
  nDays: (days) => `${days} ${days === 1 ? 'day' : 'days'}`,
  daysTerms: 'Until then, or until you revoke it here. What its readers saved stays with them.',
  atMost: (time) => `The report itself is kept until ${time}, and no link holds longer.`,
  notes: (count) =>
    count === 1
      ? 'Show the note that stands here now, too'
      : `Show the ${count} notes that stand here now, too`,
  pictures: (count) =>
    count === 1
      ? 'Show the small picture of the file, too'
      : `Show the ${count} small pictures of the file, too`,
  picturesTerms:
    'Whoever has the link then sees what the file shows: faces, places and writing are not masked.',
  submit: 'Make the link',
  made: 'The link is made. It is shown this once, so copy it now.',
  link: 'Link',
  until: (time) => `It holds until ${time}.`,
  links: 'Links that hold',
  none: 'There is none.',
  madeAt: 'Made',
  by: 'By',
  expires: 'Holds until',
  withNotes: 'Notes',
  withPictures: 'Pictures',
  yes: 'shown',
  no: 'not shown',
  revoke: 'Revoke',
  revokeOf: (time) => `Revoke the link made on ${time}`,
  revoked: 'The link was revoked. Whoever opens it now finds nothing.',
  back: 'Back to the report',
  picturesLeftOut: 'Small pictures of the file are left out here.',
  sharedUntil: (time) => `Somebody shared this report with you. Its link holds until ${time}.`,
};
