import type { Referee } from '../invariants/referee.ts';
import type { Random } from '../world/random.ts';
import { roadScope } from '../world/server-process.ts';
import type { World } from '../world/world.ts';
import { personAt } from './person.ts';
import type { Step } from './plan.ts';

/** The owner removes a member, who comes back later by a new invitation. */
export function removeAndReturn(world: World, step: Step, referee: Referee): void {
  const [owner] = world.phones;
  const member = world.phones[step.who];
  if (!owner?.engine || !member || member === owner || owner.run?.lifetime.asleep) return;
  const person = personAt(owner, referee, noChance, world.time.nowMs);
  person.commands.removeMember(member.userId);
  world.time.after(step.forMs, () => invite(world, member.userId, step.dice));
}

/** A member leaves, by his own phone, and comes back later. */
export function leaveAndReturn(world: World, step: Step, chance: Random, referee: Referee): void {
  const member = world.phones[step.who];
  if (!member?.engine || member === world.phones[0] || member.run?.lifetime.asleep) return;
  personAt(member, referee, chance, world.time.nowMs).commands.leave();
  world.time.after(step.forMs, () => invite(world, member.userId, step.dice));
}

/**
 * As the routes for invitations and joining do: a code in the owner's name, and a join by it. Tried until it is done
 * or nobody is missing.
 */
export function invite(world: World, userId: string, dice: string): void {
  const again = (): void => void world.time.after(20_000, () => invite(world, userId, dice));
  const logs = world.servers.find(({ up }) => up)?.logs;
  if (!logs) {
    again();
    return;
  }
  const code = `code-${dice.replaceAll(/[^a-z0-9-]/g, '-')}-${Math.floor(world.time.nowMs)}`;
  let isIn = false;
  const join = async (): Promise<void> => {
    await logs.appendServerOps(roadScope, (state) => {
      isIn = state.kind === 'group' && state.members.present.has(userId);
      return isIn
        ? []
        : [
            {
              type: 'invitations.create',
              payload: { code },
              authorId: world.phones[0]?.userId ?? '',
            },
          ];
    });
    if (isIn) return;
    await logs.appendServerOps(roadScope, (state) =>
      state.kind === 'group' && state.members.present.has(userId)
        ? []
        : [
            {
              type: 'members.join',
              payload: { memberId: userId, name: userId, role: 'member', invitation: code },
              authorId: userId,
            },
          ],
    );
  };
  join().then(
    () => world.phones.find((phone) => phone.userId === userId)?.follow(roadScope),
    () => again(),
  );
}

const noChance: Random = {
  next: () => 0.5,
  below: (ceiling) => ceiling >> 1,
  between: (least, most) => (least + most) / 2,
  chance: () => false,
  pick: (list) => list[0] as never,
  fork: () => noChance,
};
