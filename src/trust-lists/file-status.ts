import type { PlainId } from '../say/said.js';
import type { Content } from './status-content.js';

/** What is known of one list that is installed, or could be. */
export interface FileStatus extends Content {
  file: string;
  title: PlainId;
  installed: boolean;
  sha256?: string;
  issueDate?: string;
  fetchedAt?: string;
  ageDays?: number;
  url?: string;
  /** The day since which the publisher lets the list be. */
  frozen?: string;
  /** An older one is kept beside it. */
  previous?: string;
}
