import { recordMaker } from '../inspect/protocol/record-maker.js';
import '../inspect/process/reader-child.js';

/** Entry point of a reading process. It adds the maker of scan records, which the `isolation` module does not depend on. */
recordMaker.load = async () => (await import('./records/reader-record.js')).toReaderRecord;
