import type { Config } from '../config.js';
import type { Inspector } from '../isolation/inspector.js';
import type { InspectionStore } from '../store/store.js';
import type { Admission } from './admission.js';
import type { UploadDirectory } from './upload-directory.js';

/** What the routes work with; put together in app.ts, handed over in sight. */
export interface Services {
  config: Config;
  inspector: Inspector;
  store: InspectionStore;
  uploads: UploadDirectory;
  admission: Admission;
  /** What a client may ask about; the form offers them. */
  rulebooks: readonly { id: string; title: string }[];
  /** `YYYY-MM-DD`, UTC. */
  today: () => string;
}
