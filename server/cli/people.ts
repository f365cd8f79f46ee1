import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExportFormat, exportFormats } from '../accounts/export-record.ts';
import { openPeople, type PeopleDesk } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import type { UserRecord } from '../ports/store.ts';
import { type Command, type OptionValues, textOption, UsageError } from './command.ts';

/** A running server finishes what is begun within seconds; one that has not by now is not there. */
const patienceMs = 20_000;
const lookEveryMs = 250;

const siteOption = { site: { type: 'string' } } as const;
const siteHelp = ['--site KEY', 'of this site, where an e-mail address has several'] as const;

/** Works beside a running server, which then cuts the person's devices off. */
export const erasePerson: Command = {
  name: 'erase',
  usage: 'USER [--site KEY] [--also-files]',
  summary: 'Erases a person for good: account, name, messages. USER is an id or an e-mail address.',
  options: { ...siteOption, 'also-files': { type: 'boolean' } },
  optionHelp: [siteHelp, ['--also-files', 'what they uploaded goes, too (default: it stays)']],
  run: ({ terminal, positionals, options, json }) =>
    withPerson(terminal.env, positionals, options, true, async (desk, { userId }) => {
      await erased(desk, userId, options['also-files'] === true);
      terminal.print(json ? JSON.stringify({ erased: userId }) : `${userId} is erased`);
    }),
};

/** Works beside a running server, which then cuts the person's devices off. */
export const signOutPerson: Command = {
  name: 'sign-out',
  usage: 'USER [--site KEY]',
  summary: 'Signs a person out everywhere. USER is an id or an e-mail address.',
  options: siteOption,
  optionHelp: [siteHelp],
  run: ({ terminal, positionals, options, json }) =>
    withPerson(terminal.env, positionals, options, false, async ({ signOuts }, user) => {
      const ended = await signOuts.everywhere(user);
      const many = ended === 1 ? '1 sign-in' : `${ended} sign-ins`;
      terminal.print(json ? JSON.stringify({ ended }) : `${many} of ${user.userId} ended`);
    }),
};

/** Works beside a running server. */
export const exportPerson: Command = {
  name: 'export',
  usage: 'USER [--site KEY] [--format json|csv] [--to FILE]',
  summary: 'Prints all that is kept of a person. USER is an id or an e-mail address.',
  options: { ...siteOption, format: { type: 'string' }, to: { type: 'string' } },
  optionHelp: [
    siteHelp,
    ['--format FORMAT', 'json or csv (default: json)'],
    ['--to FILE', 'writes a new file, which nobody else may read (default: prints)'],
  ],
  run({ terminal, positionals, options }) {
    const format = formatOf(textOption(options, 'format'));
    const path = textOption(options, 'to');
    return withPerson(
      terminal.env,
      positionals,
      options,
      false,
      async ({ exportOf }, { userId }) => {
        const pieces = exportOf(userId, format);
        if (path !== undefined) return written(pieces, path);
        let whole = '';
        for await (const piece of pieces) whole += piece;
        terminal.print(whole.trimEnd());
      },
    );
  },
};

/** @returns the exit status */
async function withPerson(
  env: Parameters<typeof readConfig>[0],
  positionals: readonly string[],
  options: OptionValues,
  wantsAlone: boolean,
  run: (desk: PeopleDesk, user: UserRecord) => Promise<void>,
): Promise<number> {
  const [asked, ...more] = positionals;
  if (asked === undefined || more.length > 0) {
    throw new UsageError('Name one person, by id or by e-mail address');
  }
  const desk = await openPeople(readConfig(env), wantsAlone);
  try {
    await run(desk, await personOf(desk, asked, textOption(options, 'site')));
    return 0;
  } finally {
    await desk.close();
  }
}

async function personOf(
  { store }: PeopleDesk,
  asked: string,
  siteKey: string | undefined,
): Promise<UserRecord> {
  const sites = (await store.sites.list()).filter(
    ({ key }) => siteKey === undefined || key === siteKey,
  );
  if (sites.length === 0 && siteKey !== undefined) {
    throw new UsageError(`There is no site with the key ${siteKey}: see "sites list"`);
  }
  const byId = await store.users.byId(asked);
  const isThere = byId && sites.some(({ siteId }) => siteId === byId.siteId);
  const byEmail = await Promise.all(
    sites.map(({ siteId }) => store.users.byEmail(siteId, asked.toLowerCase())),
  );
  const found = [...(isThere ? [byId] : []), ...byEmail.filter((user) => user !== undefined)];
  const [user, ...others] = found;
  if (!user) throw new UsageError(`There is nobody with the id or address ${asked}`);
  if (others.length === 0) return user;
  const ids = found.map(({ userId, siteId }) => {
    return `${userId} (${sites.find((site) => site.siteId === siteId)?.key})`;
  });
  throw new UsageError(`Several people have the address ${asked}: name one of ${ids.join(', ')}`);
}

/** A server that runs is left to do it: it knows whose devices are connected. */
async function erased(desk: PeopleDesk, userId: string, alsoFiles: boolean): Promise<void> {
  const { store, erasures, isAlone } = desk;
  if (!isAlone) {
    await erasures.begin(userId, { alsoFiles });
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
      if (!(await store.users.byId(userId))) return;
      await sleep(lookEveryMs);
    }
  }
  await erasures.erase(userId, { alsoFiles });
}

async function written(pieces: AsyncIterable<string>, path: string): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${path} cannot be written (${reason}): name a new file`, { cause });
  }
}

function formatOf(given = 'json'): ExportFormat {
  const format = exportFormats.find((one) => one === given);
  if (format) return format;
  throw new UsageError(`--format is one of ${exportFormats.join(', ')}`);
}
