import type { PlainMessageId } from '../../i18n/message.js';
import type { ListFileContent } from './status-content.js';

/** Status of one list that is installed, or could be. */
export interface FileStatus extends ListFileContent {
  file: string;
  title: PlainMessageId;
  installed: boolean;
  /** The list that comes with Assay is in use, because none is installed. */
  shipped?: true;
  sha256?: string;
  issueDate?: string;
  fetchedAt?: string;
  ageDays?: number;
  /** Time by which the publisher announced the next edition. */
  nextUpdate?: string;
  /** Publisher’s number of the edition. */
  sequence?: number;
  url?: string;
  /** Day since which the publisher no longer updates the list. */
  frozen?: string;
  /** Name of the older version next to it. */
  previous?: string;
}
