import { enBatch } from './en-batch.js';
import { enFirstUse } from './en-first-use.js';
import { enHistory } from './en-history.js';
import { enShare } from './en-share.js';
import type { PageWords } from './page-words.js';

export const en: PageWords = {
  language: 'en',
  itself: 'English',
  languages: 'Language',
  skip: 'Skip to the content',
  forPrograms: 'For programs',
  footer: 'Assay says what a file declares about its origin. It does not judge what the file shows.',
  titleOf: (what) => `${what} – Assay`,
  signIn: {
    heading: 'Sign in',
    about: 'This server asks for a key. Whoever runs it makes keys; yours begins with “assay_”.',
    key: 'Key',
    submit: 'Sign in',
    wrong: 'This key does not hold: it is unknown, was revoked, or has run out.',
    out: 'Sign out',
  },
  form: {
    title: 'Assay – what a file declares about its origin',
    heading: 'What does this file declare about its origin?',
    about:
      'Assay reads the Content Credentials, AI labels and generator traces of a photo, video or sound file. It says who stands behind them, where in the file they stand, and what could not be checked.',
    file: 'Photo, video or sound file',
    fileTerms: (most) =>
      `One file of up to ${most}; where scripts run, several. The original file tells most: messengers and platforms often remove what Assay looks for.`,
    bytes: 'bytes',
    rules: 'Rules and date',
    jurisdiction: 'Where the rules are from',
    rulebooks: 'Rules',
    all: 'All',
    asOf: 'As of',
    asOfTerms: 'The day the rules are asked about. Left empty: today (UTC).',
    pixels: 'Pixels',
    deep: 'Look at the pixels too',
    deepTerms:
      'For pictures: hidden text, watermarks of some generators, and whether the stored thumbnail shows the same picture. Takes longer.',
    elsewhere: 'Content Credentials kept elsewhere',
    sidecar: 'Manifest file (.c2pa)',
    sidecarTerms:
      'Where a file only points to its credentials, fetch them yourself and add them here: Assay fetches nothing.',
    submit: 'Inspect the file',
    whatHappens: 'What happens with the file',
    happens: ({ retentionDays: days, keepUploadsHours: hours, failedUploadHours: failed, previews }) => [
      `It goes to this server and nowhere else, and it is deleted ${hours === 0 ? 'as soon as its report is done' : `${hours} ${hours === 1 ? 'hour' : 'hours'} after its report`}.`,
      ...(failed === 0
        ? []
        : [
            `Where this server fails to inspect a file that it has put in its queue, it keeps the file for ${failed} ${failed === 1 ? 'hour' : 'hours'}, so that it can be tried again; deleting the inspection deletes it at once.`,
          ]),
      ...(previews
        ? [
            'Small pictures of it, and those it carries inside, are kept with the report and shown on its page; they go when the report goes.',
          ]
        : []),
      `The report has an address that cannot be guessed. It is kept ${days === 0 ? 'until you delete it' : `for ${days} ${days === 1 ? 'day' : 'days'}, unless you delete it before`}.`,
      'Locations, serial numbers and personal names are left out of the report or masked.',
    ],
    unsandboxed: (because) =>
      `For whoever runs this server: files are read without a sandbox, as ${
        {
          'switched-off': 'it was switched off (ASSAY_SANDBOX=off)',
          'not-installed': 'none is installed',
          refused: 'it did not work',
          'too-slow': 'nothing had started in it in time',
        }[because]
      }. \`assay doctor\` says what a file that takes over its reader could do then, and what helps.`,
    deleted: 'The report was deleted.',
    faultTitle: 'Not inspected',
    faults: {
      file: 'Choose a photo, video or sound file here.',
      'file-missing': 'Choose a file first.',
      'file-empty':
        'This file is empty, so there is nothing to inspect. It may not have been saved or copied whole: look, and choose it again.',
      'several-files': 'Choose one file at a time.',
      'too-large':
        'This file is larger than this server takes. Choose a smaller one, or inspect it on the command line: assay inspect.',
      asOf: 'Give a day of the calendar, as 2026-08-02, or leave it empty. Then choose the file again.',
      jurisdiction: 'Choose one of the places in the list. Then choose the file again.',
      rulebooks: 'Choose one of the rules in the list. Then choose the file again.',
      deep: 'Tick the box or leave it. Then choose the file again.',
      sidecar: 'Choose one manifest file (.c2pa) that is not empty, or none. Then choose both files again.',
      sidecarTooLarge:
        'This manifest file is larger than this server takes. Choose another, or none; then choose the file again.',
    },
    queue: {
      label: 'Chosen files',
      waits: 'waits',
      sending: 'is being sent',
      reading: 'is being read',
      done: 'done',
      later: 'accepted, will be read',
      open: 'Open the report',
      failed: 'could not be inspected',
      alone: 'A manifest file goes with one file: choose one file here, or take the manifest file out.',
      progress: '{done} of {all} files are done.',
    },
    taken: 'Ready to be inspected:',
    sending: 'The file is being sent and read. A large one takes a while.',
  },
  status: {
    heading: 'Inspection',
    actions: 'This inspection',
    queued: 'The file has arrived and waits for its turn.',
    running: 'The file is being inspected.',
    done: 'The report is done.',
    failed: 'The file could not be inspected.',
    cancelled: 'The inspection was cancelled.',
    again: 'This page looks again by itself.',
    keptUntil: (time) => `The file is kept until ${time}, so that it can be tried again.`,
    retry: 'Try again',
    remove: 'Delete this inspection',
  },
  report: {
    heading: 'Inspection report',
    actions: 'This report',
    json: 'Download as JSON',
    crJson: 'Download the manifests (crJSON)',
    evidence: 'Download the metadata (JSON)',
    html: 'Download as a page',
    pdf: 'Download as PDF',
    remove: 'Delete this report',
    another: 'Inspect another file',
  },
  batch: enBatch,
  history: enHistory,
  share: enShare,
  firstUse: enFirstUse,
  notes: {
    add: 'Add a note',
    field: 'Note',
    terms:
      'Whoever reads this report here sees it, in the PDF and the saved page too, marked as a person’s words.',
    inLinks: ' A link shows it only where you say so.',
    submit: 'Add the note',
  },
  problem: {
    back: 'Choose a file',
    status: 'HTTP status',
    code: 'code',
    detail: (english) => english,
  },
};
