/** File whose report the pictures of README.md and docs/ show. */
export const PICTURED = 'fixtures/labels/jpeg-camera-exif-and-trained.jpg';

/**
 * Returns the alternative text of the picture in README.md: the headline and the facts that it shows.
 * @param {{ headline?: string, facts: readonly { line: string }[] }} head  of the page, in English
 */
export const pictureText = ({ headline = '', facts }) =>
  `A report: “${headline}”. ${facts.map(({ line }) => `${line}.`).join(' ')}`;
