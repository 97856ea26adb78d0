import type { PlainMessageId } from '../../i18n/message.js';
import type { ListFileContent } from './status-content.js';

/** Status of one list that is installed, or could be. */
export interface FileStatus extends ListFileContent {
  file: string;
  title: PlainMessageId;
  installed: boolean;
  sha256?: string;
  issueDate?: string;
  fetchedAt?: string;
  ageDays?: number;
  url?: string;
  /** Day since which the publisher no longer updates the list. */
  frozen?: string;
  /** Name of the older version next to it. */
  previous?: string;
}
