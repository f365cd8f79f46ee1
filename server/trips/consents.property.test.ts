import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { actor } from '../sync/sync-fixture.ts';
import { codeIn, dayMs, group, minuteMs, type TripBench, tripBench } from './trips-fixture.ts';

const people = ['bo', 'cem', 'dee'] as const;
const everybody = ['ana', ...people] as const;

/** What the test itself knows of somebody: not asked of anything that is tested. */
interface Known {
  joinedAtMs: number;
  /** Counts memberships; null while they are none. */
  stay: number | null;
  forgottenMs: number;
  keepDays: number;
  /** In the current membership, or before. */
  readonly said: { text: string; atMs: number }[];
  /** To each link: what they said, when, in which membership. */
  readonly answers: Map<string, { yes: boolean; atMs: number; stay: number | null }>;
}

interface Link {
  readonly id: string;
  readonly code: string;
  readonly fromMs: number;
  readonly untilMs: number;
  endsMs: number;
}

type Step = readonly [what: keyof typeof actions, who: number, figure: number];

class World {
  readonly bench: TripBench;
  readonly known: Map<string, Known>;
  readonly links: Link[] = [];
  /** How often a trip showed several people. */
  togetherCount = 0;

  constructor(bench: TripBench) {
    this.bench = bench;
    const joinedAtMs = bench.clock.nowMs();
    const first = (): Known => {
      const never = Number.NEGATIVE_INFINITY;
      return {
        joinedAtMs,
        stay: 1,
        forgottenMs: never,
        keepDays: 30,
        said: [],
        answers: new Map(),
      };
    };
    this.known = new Map(everybody.map((who) => [who, first()]));
  }

  of(who: string): Known {
    const known = this.known.get(who);
    if (!known) throw new Error(`${who} is nobody`);
    return known;
  }

  /** From when on somebody may be shown in a link's trip; undefined where not at all. */
  shownSince(who: string, { id }: Link): number | undefined {
    const { answers, stay, forgottenMs, joinedAtMs, keepDays } = this.of(who);
    const answer = answers.get(id);
    const stands = answer?.yes && stay !== null && answer.stay === stay;
    if (!stands || answer.atMs <= forgottenMs) return undefined;
    return Math.max(joinedAtMs, forgottenMs, this.bench.clock.nowMs() - keepDays * dayMs);
  }
}

const actions = {
  async drive({ bench }: World, who: string, figure: number) {
    await bench.isAt(who, figure / 100);
  },
  async say(world: World, who: string, figure: number) {
    if (world.of(who).stay === null) return;
    const text = `${who}-says-${figure}-${world.of(who).said.length}`;
    await world.bench.says(who, text);
    world.of(who).said.push({ text, atMs: world.bench.clock.nowMs() });
  },
  async like({ bench }: World, who: string) {
    await bench
      .does(who, { type: 'reactions.set', payload: { itemId: 'song', like: true } })
      .catch(refused);
  },
  async answer(world: World, who: string, figure: number) {
    const link = world.links[figure % Math.max(1, world.links.length)];
    if (!link) return;
    const yes = figure % 3 !== 0;
    const done = await world.bench.trips
      .answer(actor(who), group, link.id, yes ? 'yes' : 'no')
      .then(() => true, refused);
    if (!done) return;
    const [atMs, { stay }] = [world.bench.clock.nowMs(), world.of(who)];
    world.of(who).answers.set(link.id, { yes, atMs, stay });
  },
  async share(world: World, who: string, figure: number) {
    const { bench } = world;
    const nowMs = bench.clock.nowMs();
    const span = { fromMs: nowMs - (1 + (figure % 48)) * 60 * minuteMs, untilMs: nowMs };
    const lifeMs = (1 + (figure % 9)) * 3 * 60 * minuteMs;
    const terms = { ...span, title: `Trip ${figure}`, expiresAtMs: nowMs + lifeMs };
    const link = await bench.trips.share(actor(who), group, terms).catch(refused);
    if (!link) return;
    world.links.push({ ...span, id: link.id, code: codeIn(link.url), endsMs: terms.expiresAtMs });
    const { stay } = world.of(who);
    world.of(who).answers.set(link.id, { yes: true, atMs: nowMs, stay });
  },
  async forget(world: World, who: string) {
    await world.bench.history.forget(who);
    world.of(who).forgottenMs = world.bench.clock.nowMs();
  },
  async keep(world: World, who: string, figure: number) {
    const keepDays = figure % 5;
    await world.bench.history.choose(actor(who), { keepDays });
    world.of(who).keepDays = keepDays;
    // Who keeps nothing has forgotten what there was.
    if (keepDays === 0) world.of(who).forgottenMs = world.bench.clock.nowMs();
  },
  async show({ bench }: World, who: string, figure: number) {
    await bench.history.choose(actor(who), { seenBy: figure % 2 === 0 ? 'me' : 'group' });
  },
  async leave(world: World, who: string, figure: number) {
    const known = world.of(who);
    if (who === 'ana' || known.stay === null) return;
    if (figure % 2 === 0) await world.bench.does(who, { type: 'members.leave', payload: {} });
    else {
      await world.bench.does('ana', { type: 'members.remove', payload: { memberId: who } });
    }
    known.stay = null;
  },
  async join(world: World, who: string, figure: number) {
    const known = world.of(who);
    if (known.stay !== null) return;
    const payload = { memberId: who, name: who, role: 'member' } as const;
    const done = await world.bench
      .does(who, { type: 'members.join', payload })
      .then(() => true, refused);
    if (!done) return;
    known.stay = figure + 2;
    known.joinedAtMs = world.bench.clock.nowMs();
  },
  async end(world: World, _who: string, figure: number) {
    const link = world.links[figure % Math.max(1, world.links.length)];
    if (!link) return;
    await world.bench.trips.end(actor('ana'), group, link.id).catch(refused);
    link.endsMs = Math.min(link.endsMs, world.bench.clock.nowMs());
  },
  async wait({ bench }: World, _who: string, figure: number) {
    bench.clock.advance(figure % 4 === 0 ? (figure % 40) * 60 * minuteMs : (1 + figure) * 1_000);
  },
} satisfies Record<string, (world: World, who: string, figure: number) => Promise<void>>;

/** What the server does not let be done is not done; anything else is a bug. */
function refused(error: unknown): undefined {
  if (!(error instanceof JamzError)) throw error;
}

async function check(world: World): Promise<void> {
  const nowMs = world.bench.clock.nowMs();
  for (const link of world.links) {
    const since = new Map<string, number>();
    for (const who of everybody) {
      const sinceMs = world.shownSince(who, link);
      if (sinceMs !== undefined) since.set(who, sinceMs);
    }
    const trip = await world.bench.trips.byCode(link.code).catch(refused);
    if (trip && link.endsMs <= nowMs) throw new Error('a link that is over shows something');
    const isAllowed = ({ userId, atMs }: { readonly userId: string; readonly atMs: number }) =>
      atMs >= (since.get(userId) ?? Number.POSITIVE_INFINITY);
    const { travellers = [], messages = [], likes = [] } = trip ?? {};
    const points = travellers.flatMap(({ userId, points: own }) =>
      own.map(({ atMs }) => ({ userId, atMs })),
    );
    deepEqual(
      [...points, ...messages, ...likes].filter((one) => !isAllowed(one)),
      [],
    );
    // Nor by any other word: not even the name of who did not say yes.
    const whole = JSON.stringify(trip ?? {});
    for (const who of everybody) if (!since.has(who)) equal(whole.includes(who), false, who);
    // And nobody is missing who said yes and whose words are still there.
    if (!trip) continue;
    if (travellers.length > 1) world.togetherCount += 1;
    for (const [who, sinceMs] of since) {
      const within = world
        .of(who)
        .said.filter(({ atMs }) => atMs >= Math.max(sinceMs, link.fromMs) && atMs <= link.untilMs);
      const read = messages.filter(({ userId }) => userId === who).map(({ text }) => text);
      deepEqual(
        read,
        within.map(({ text }) => text),
      );
    }
  }
}

it('[TR2] [TR3] [TR4] [TR5] shows nobody who did not say yes, whatever people do in whatever order', async () => {
  const step = fc.tuple(
    fc.constantFrom<keyof typeof actions>(
      ...(['drive', 'say', 'like', 'answer', 'answer', 'share', 'forget', 'keep'] as const),
      ...(['show', 'leave', 'join', 'end', 'wait', 'wait'] as const),
    ),
    fc.nat(everybody.length - 1),
    fc.nat(200),
  );
  const begin: Step[] = everybody.flatMap((_, who): Step[] => [
    ['drive', who, 4_800 + who],
    ['say', who, 1],
    ['wait', who, 5],
  ]);
  const shared: Step[] = [['share', 0, 7], ...people.map((_, who): Step => ['answer', who + 1, 1])];
  let togetherCount = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      const bench = await tripBench({
        ...{ ana: 'owner', bo: 'member', cem: 'member', dee: 'moderator' },
      });
      try {
        const track = { itemId: 'song', title: 'Song', url: 'https://x.example/1' };
        await bench.does('ana', { type: 'playlist.add', payload: { items: [track] } });
        const world = new World(bench);
        for (const [what, who, figure] of [...begin, ...shared, ...steps]) {
          await actions[what](world, everybody[who] ?? 'ana', figure);
          await check(world);
        }
        togetherCount += world.togetherCount;
        deepEqual(bench.bugs, []);
      } finally {
        await bench.close();
      }
    }),
    { numRuns: 40 },
  );
  // Else it would show nothing.
  equal(togetherCount > 200, true, `${togetherCount}`);
});
