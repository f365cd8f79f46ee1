import type { AccountDeps, GroupSafety, PersonAccount } from './account.ts';
import type { PersonData } from './person-data.ts';

/** What `account.ts` does, whose code comes with the first call: most visits need none of it. */
export function lateAccount(deps: AccountDeps): {
  readonly ofPerson: PersonAccount;
  readonly ofGroup: GroupSafety;
  readonly ofData: PersonData;
} {
  type All = PersonAccount & GroupSafety & PersonData;
  const late = <Name extends keyof All>(...names: readonly Name[]): Pick<All, Name> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async (...args: readonly unknown[]): Promise<unknown> => {
          const account = (await import('./account.ts')).createAccount(deps);
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
    ofGroup: late('report', 'takeDown', 'positionHistory'),
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
