/**
 * Law that is watched and has no rulebook: nothing in it asks what a file could show, or its text was not seen.
 * `known`: state of knowledge on 25 November 2026, from secondary sources.
 */
export const WATCHED = [
  {
    jurisdiction: 'US-NY',
    instrument: 'S6954-B / A6540-E, new General Business Law article 45-C (Stop Deepfakes Act)',
    known:
      'Passed both houses (Assembly vote of 5 June 2026); on 26 September 2026 not delivered to the Governor. It would ask for provenance data such as C2PA.',
  },
  {
    jurisdiction: 'US',
    instrument: 'TAKE IT DOWN Act',
    known:
      'Platforms remove intimate images within 48 hours, enforced from 19 May 2026. It asks nothing of metadata.',
  },
  {
    jurisdiction: 'US-CA',
    instrument: 'SB 1050, synthetic performers in advertising',
    known: 'From 1 January 2027. Asks nothing of metadata.',
  },
  {
    jurisdiction: 'US-OH',
    instrument: 'HB 813',
    known: 'Pending; speaks of a watermark without defining it.',
  },
  { jurisdiction: 'US-NJ', instrument: 'Bill of 2026', known: 'Pending.' },
  {
    jurisdiction: 'ES',
    instrument: 'Draft organic law on honour and image (cabinet, 13 January 2026)',
    known: 'Pending as far as seen. Asks nothing of files.',
  },
  {
    jurisdiction: 'DK',
    instrument: 'Copyright Act amendment on imitations of persons',
    known: 'Aimed at 31 March 2026; its adoption was not seen.',
  },
  {
    jurisdiction: 'IT',
    instrument: 'Law 132/2025, Penal Code article 612-quater',
    known: 'From 10 October 2025. Asks nothing of files.',
  },
  {
    jurisdiction: 'GB',
    instrument: 'Online Safety Act, Data (Use and Access) Act',
    known: 'No general duty to label.',
  },
  {
    jurisdiction: 'BR',
    instrument: 'PL 2338/2023; TSE Resolution 23.732/2024',
    known: 'The bill is pending; the resolution labels electoral content.',
  },
  {
    jurisdiction: 'KZ',
    instrument: 'AI law',
    known: 'Label for synthetic content, from 18 January 2026; only claimed.',
  },
  {
    jurisdiction: 'CN',
    instrument: 'Measures on digital virtual humans (draft of 3 April 2026)',
    known: 'No final text was found. A continuous “digital human” label is planned.',
  },
  {
    jurisdiction: 'MY, ID, AU, JP',
    instrument: 'Guidance and platform rules',
    known: 'Nothing that a file could show.',
  },
];
