import { JamzError } from '../protocol/errors.ts';
import type { AccountDeps, GroupAccount, PersonAccount } from './account.ts';
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
  readonly ofGroup: GroupAccount;
  readonly ofData: PersonData;
} {
  type All = PersonAccount & GroupAccount & PersonData;
  const late = <Name extends keyof All>(...names: readonly Name[]): Pick<All, Name> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async (...args: readonly unknown[]): Promise<unknown> => {
          const { createAccount } = await load().catch((cause: unknown) => {
            throw new JamzError('unavailable', 'This needs a network.', { cause });
          });
          const account = createAccount(deps);
          return Reflect.apply(account[name], account, args);
        },
      ]),
    ) as Pick<All, Name>;
  return {
    ofPerson: late(
      'upgrade',
      'requestPasswordReset',
      'requestEmailVerification',
      'changeSignIn',
      'devices',
      'endDevice',
      'signOutElsewhere',
    ),
    ofGroup: late('invite', 'olderMessages', 'report', 'takeDown', 'positionHistory'),
    ofData: late(
      'exportData',
      'deleteAccount',
      'deletePositionHistory',
      'positionHistoryChoice',
      'privatePlaces',
      'push',
    ),
  };
}
