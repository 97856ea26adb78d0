import type { Command } from 'commander';
import { readConfig } from '../../config/settings.js';
import type { Language } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import { wantsColor } from '../shared/color.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, translatorForUser } from '../shared/io.js';
import { LANGUAGE_HELP, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { toDoctorJson } from './doctor-json.js';

export interface DoctorOptions {
  json?: boolean;
  selftest?: boolean;
  lang?: Language;
}

/** Adds `assay doctor`. The checks are loaded only when it runs, so that other commands start faster. */
export function addDoctorCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('doctor')
    .description(encodeDescription('cli.doctor.about'))
    .option('--json', encodeDescription('cli.option.json'))
    .option('--selftest', encodeDescription('cli.doctor.selftest'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (options: DoctorOptions) => finish(await doctor(options, io)));
  setHelpEnd(command, {
    notes: ['cli.doctor.exitCodes'],
    examples: ['assay doctor', 'assay doctor --selftest --json'],
  });
}

export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const [{ diagnose }, { doctorText }] = await Promise.all([
    import('../../service/doctor/diagnose.js'),
    import('./doctor-text.js'),
  ]);
  const config = readConfig(io.env);
  const diagnosis = await diagnose({
    trustDir: config.trustDir,
    lawDir: config.lawDir,
    dataDir: config.dataDir,
    uploadBytes: config.maxUploadBytes,
    databaseUrl: config.databaseUrl,
    fingerprints: config.fingerprints,
    fetch: config.fetch,
    secrets: config.secrets,
    seal: config.seal,
    sandbox: config.sandbox,
    path: io.env['PATH'],
    selfTest: options.selftest === true,
    now: new Date(),
  });
  const color = wantsColor('auto', io);
  const output = new Output(io.stdout);
  if (options.json) await output.json(toDoctorJson(diagnosis, translatorFor(options.lang ?? 'en')));
  else {
    const layout = { color, speech: translatorForUser(io), ...(io.width && { width: io.width }) };
    await output.text(doctorText(diagnosis, layout), color);
  }
  return diagnosis.works ? EXIT.done : EXIT.notAllInspected;
}
