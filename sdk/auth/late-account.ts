import { JamzError } from '../protocol/errors.ts';
import type { GroupId } from '../protocol/ids.ts';
import type { Account, AccountDeps, GroupAccount, PersonAccount } from './account.ts';
import type { PersonData } from './person-data.ts';

/**
 * What `account.ts` does, whose code comes with the first call: most visits need none of it. Each call is refused as
 * `unavailable` where the code cannot be had.
 *
 * @param load brings it
 */
export function lateAccount(
  deps: AccountDeps,
  load: () => Promise<typeof import('./account.ts')> = () => import('./account.ts'),
): {
  readonly ofPerson: PersonAccount;
  readonly ofGroup: (groupId: GroupId) => GroupAccount;
  readonly ofData: PersonData;
} {
  /** @param partIn which part of the account has these */
  const late = <Part extends object, Name extends keyof Part>(
    partIn: (account: Account) => Part,
    ...names: readonly Name[]
  ): Pick<Part, Name> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async (...args: readonly unknown[]): Promise<unknown> => {
          const { createAccount } = await load().catch((cause: unknown) => {
            throw new JamzError('unavailable', 'This needs a network.', { cause });
          });
          const part = partIn(createAccount(deps));
          // A cast: parts have functions alone.
          return Reflect.apply(part[name] as () => unknown, part, args);
        },
      ]),
    ) as Pick<Part, Name>;
  return {
    ofPerson: late(
      (account): PersonAccount => account.ofPerson,
      'upgrade',
      'requestPasswordReset',
      'requestEmailVerification',
      'changeSignIn',
      'secondFactor',
      'devices',
      'endDevice',
      'signOutElsewhere',
      'signOutAndForget',
    ),
    ofGroup: (groupId) =>
      late(
        (account): GroupAccount => account.ofGroup(groupId),
        'invite',
        'olderMessages',
        'report',
        'takeDown',
        'positionHistory',
        'trip',
        'shareTrip',
        'tripLinks',
        'answerTrip',
        'endTripLink',
      ),
    ofData: late(
      (account): PersonData => account.ofData,
      'exportData',
      'deleteAccount',
      'deletePositionHistory',
      'positionHistoryChoice',
      'privatePlaces',
      'push',
      'trip',
    ),
  };
}
