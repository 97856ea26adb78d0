import { writeMessages } from '../../scripts/catalogues.js';

/** Generates the types of the messages before any test, because they are not tracked. */
export default function setup(): void {
  writeMessages();
}
