import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Language } from '../say/languages.js';
import { speechOf } from '../say/speech.js';
import { wantsColor } from './color.js';
import { published } from './doctor-json.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn } from './io.js';
import { LANGUAGE_HELP, parseLanguage } from './options.js';
import { Output } from './output.js';

export interface DoctorOptions {
  json?: boolean;
  selftest?: boolean;
  lang?: Language;
}

/** What looks around is loaded when it is run, and not by the other commands. */
export function addDoctorCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('doctor')
    .description(described('cli.doctor.about'))
    .option('--json', described('cli.option.json'))
    .option('--selftest', described('cli.doctor.selftest'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (options: DoctorOptions) => finish(await doctor(options, io)));
  endHelp(command, {
    notes: ['cli.doctor.exitCodes'],
    examples: ['assay doctor', 'assay doctor --selftest --json'],
  });
}

export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const [{ diagnose }, { doctorText }] = await Promise.all([
    import('../doctor/diagnose.js'),
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
  if (options.json) await output.json(published(diagnosis, speechOf(options.lang ?? 'en')));
  else {
    const layout = { color, speech: speechIn(io), ...(io.width && { width: io.width }) };
    await output.text(doctorText(diagnosis, layout), color);
  }
  return diagnosis.works ? EXIT.done : EXIT.notAllInspected;
}
