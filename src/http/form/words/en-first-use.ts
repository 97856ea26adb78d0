import type { FirstUseWords } from './first-use-words.js';

export const enFirstUse: FirstUseWords = {
  heading: 'New here?',
  steps: [
    'Choose a file above, as close to the original as you can get it.',
    'Read the sentence first: what the file declares, who stands behind that, and whether the file has changed since.',
    'Then read what could not be checked. Where nothing was found, that says nothing about how the content was made.',
  ],
  samples: 'Three files to try',
  samplesTerms: 'They come with Assay; nothing is sent anywhere.',
  sample: {
    'signed-picture': {
      button: 'A signed AI picture',
      shows:
        'Content Credentials that state it was made with generative AI. The project signed it with a certificate of its own, which is on no list; the report says so.',
    },
    'labelled-video': {
      button: 'A labelled video',
      shows: 'A Chinese AI label (GB 45438-2025) that nobody signed.',
    },
    'plain-picture': {
      button: 'A plain picture',
      shows: 'Nothing of the kind: what a report looks like when there is nothing to find.',
    },
  },
  lacking: 'What this server does without',
  doctor: '`assay doctor` on the command line says more.',
};
