import { equal } from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { mailContract } from '../../ports/mail.contract.ts';
import { folderMailer } from './folder.ts';
import { readMail } from './read-mail-fixture.ts';

async function underTest() {
  const parent = await mkdtemp(join(tmpdir(), 'jamz-mail-'));
  const directory = join(parent, 'mail');
  const told: string[] = [];
  let made = 0;
  const mailer = folderMailer({
    directory,
    from: 'TrafficJamz <jamz@music.example>',
    clock: { nowMs: () => 1_000 },
    newId: () => String(++made).padStart(4, '0'),
    onWritten: (path) => told.push(path),
  });
  const names = async (): Promise<string[]> => (await readdir(directory).catch(() => [])).sort();
  return {
    mailer,
    told,
    directory,
    names,
    received: async () =>
      Promise.all(
        (await names()).map(async (name) => readMail(await readFile(join(directory, name)))),
      ),
    async cut() {
      await rm(directory, { recursive: true });
      await writeFile(directory, 'no folder');
    },
    close: () => rm(parent, { recursive: true }),
  };
}

mailContract('a folder', underTest);

describe('the folder of mails', () => {
  it('is for this user alone, and only the place of a mail is told', async () => {
    const { mailer, told, directory, names, close } = await underTest();
    await mailer.send({ to: 'ana@x.example', subject: 'S', text: 'T', html: '<p>T</p>' });
    const [name = ''] = await names();
    equal(name, '1970-01-01T00-00-01.000Z-0001.eml');
    equal(told.join(), join(directory, name));
    equal((await stat(directory)).mode & 0o777, 0o700);
    equal((await stat(join(directory, name))).mode & 0o777, 0o600);
    await close();
  });
});
