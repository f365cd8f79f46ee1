import { expect } from '@open-wc/testing';
import { english } from './english.ts';
import { isolateNames } from './isolate-names.ts';
import { rooms } from './rooms.ts';
import type { Language, Room, TableName } from './tables.ts';

type Said = string | ((...args: never[]) => string);

const languages = Object.keys(rooms) as Language[];
const names = Object.keys(english) as TableName[];

describe('languages', () => {
  for (const language of languages) {
    for (const name of names) {
      it(`says in ${language} all of ${name}, with what its English has in it`, async () => {
        const theirs = await tableIn(language, name);
        const ours = flat(english[name]);
        for (const [key, said] of ours) {
          const other = theirs.get(key);
          expect(typeof other, `${language} ${name} ${key}`).to.equal(typeof said);
          if (typeof said === 'string' && typeof other === 'string') {
            expect(other.trim(), key).to.not.equal('');
            expect(other, `${key}: no spaces to spare`).to.equal(other.trim());
          } else if (typeof said === 'function' && typeof other === 'function') {
            sameInside(`${language} ${name} ${key}`, said, other);
          }
        }
      });

      it(`says in ${language} nothing of ${name} that nobody asks for`, async () => {
        const ours = flat(english[name]);
        for (const key of (await tableIn(language, name)).keys()) {
          if (!onlyAbroad.test(`${name}/${key}`)) expect([...ours.keys()]).to.include(key);
        }
      });
    }
  }

  it('write numbers as clocks and tracks have them, in Arabic too', async () => {
    const said = (await tableIn('ar', 'playlist/words')).get('count') as (count: number) => string;
    expect(said(12)).to.equal('12 مقطعًا');
  });

  it('take the form that the language has for a count', async () => {
    const forms = [0, 1, 2, 3, 11, 100].map(async (count) => {
      const said = (await tableIn('ar', 'members/words')).get('title');
      return (said as (count: number) => string)(count);
    });
    expect(await Promise.all(forms)).to.deep.equal([
      'لا أعضاء',
      'عضو واحد',
      'عضوان',
      '3 أعضاء',
      '11 عضوًا',
      '100 عضو',
    ]);
  });

  for (const language of languages) {
    it(`keep names from right to left in their own direction in ${language}`, async () => {
      for (const name of names) {
        for (const [key, say] of flat(
          isolateNames(Object.fromEntries(await tableIn(language, name))),
        )) {
          if (typeof say !== 'function') continue;
          const said = sayWith(say, 'ليلى ');
          expect(said.replaceAll(/\u2068+ليلى \d\u2069+/g, ''), key).to.not.include('ليلى');
        }
      }
    });
  }

  it('keep Latin names in their own direction in Arabic', async () => {
    const bare: string[] = [];
    for (const name of names) {
      for (const [key, say] of await tableIn('ar', name)) {
        if (typeof say !== 'function') continue;
        const left = sayWith(say, 'Ana ').replaceAll(/\u2068[^\u2069]*\u2069/g, '');
        for (const [, index] of left.matchAll(/Ana (\d)/g)) bare.push(`${name}/${key} ${index}`);
      }
    }
    expect(bare.filter((key) => !ofFigures.test(key) || ofSomebody.test(key))).to.deep.equal([]);
  });

  it('count nothing as one in French', async () => {
    const said = (await tableIn('fr', 'playlist/words')).get('count') as (count: number) => string;
    expect([said(0), said(1), said(2)]).to.deep.equal(['0 titre', '1 titre', '2 titres']);
  });
});

/** What English leaves to the SDK’s own sentences, or to fewer codes. */
const onlyAbroad =
  /^(shared\/common\/errors\.|player\/words\/why$|player\/settings\/why\.|sync-indicator\/panel\/(did|storage)$|upload\/words\/failed\.)/;

/** What is put there is a figure, a time, or words of ours. */
const ofFigures =
  /\/(ago|ahead|away|behind|days|expires|hours|inSeconds|kilometres|lastUsed|lately|leads|left|measured|metres|minutes|moved|offline|paused|people|placeName|retryIn|seconds|seekValue|seen|thinned|timelineValue|tooFast|tunnel|until|yours|yoursAndTheirs) \d$/;
/** Of these only some. */
const ofSomebody = /\/(visits\/left 0|moved 0|timelineValue 1|yours 1|yoursAndTheirs [12])$/;

/** Calls it with `name` and the place of each argument behind it. */
function sayWith(say: (...args: never[]) => string, name: string): string {
  return say(...(Array.from({ length: Math.max(3, say.length) }, (_, at) => name + at) as never[]));
}

async function tableIn(language: Language, name: TableName): Promise<ReadonlyMap<string, Said>> {
  const [room, table] = name.split('/') as [Room, string];
  const { words } = await rooms[language][room]();
  return flat(Object.entries(words).find(([key]) => key === table)?.[1] ?? {});
}

/** `kinds.message` and the like. */
function flat(table: object, path = ''): ReadonlyMap<string, Said> {
  const all = new Map<string, Said>();
  for (const [key, value] of Object.entries(table)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) {
      for (const [inner, said] of flat(value, at)) all.set(inner, said);
    } else {
      all.set(at, value);
    }
  }
  return all;
}

/** Calls both with the same figures, which do for words, too, and looks for these in what comes of it. */
function sameInside(
  where: string,
  ours: (...args: never[]) => string,
  theirs: (...args: never[]) => string,
): void {
  expect(theirs.length, `${where}: as many arguments`).to.be.at.most(ours.length);
  const args = Array.from({ length: ours.length }, (_, index) => String(index + 37)) as never[];
  const [english, other] = [ours(...args), theirs(...args)];
  for (const arg of args) {
    // A share is written as a hundred times itself.
    if (english.split(/\D/u).includes(arg)) expect(other, `${where} names ${arg}`).to.include(arg);
  }
}
