import type { AccountDeps, GroupSafety, PersonAccount } from './account.ts';
import type { PersonData } from './person-data.ts';

/** What `account.ts` does, whose code comes with the first call: most visits need none of it. */
export function lateAccount(deps: AccountDeps): {
  readonly ofPerson: PersonAccount;
  readonly ofGroup: GroupSafety;
  readonly ofData: PersonData;
} {
  type All = PersonAccount & GroupSafety & PersonData;
  const late =
    <Args extends readonly unknown[], T>(pick: (account: All) => (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> =>
      pick((await import('./account.ts')).createAccount(deps))(...args);
  return {
    ofPerson: {
      upgrade: late((account) => account.upgrade),
      requestPasswordReset: late((account) => account.requestPasswordReset),
      requestEmailVerification: late((account) => account.requestEmailVerification),
      devices: late((account) => account.devices),
      endDevice: late((account) => account.endDevice),
      signOutElsewhere: late((account) => account.signOutElsewhere),
    },
    ofGroup: {
      report: late((account) => account.report),
      takeDown: late((account) => account.takeDown),
      positionHistory: late((account) => account.positionHistory),
    },
    ofData: {
      exportData: late((account) => account.exportData),
      deleteAccount: late((account) => account.deleteAccount),
      deletePositionHistory: late((account) => account.deletePositionHistory),
      positionHistoryChoice: late((account) => account.positionHistoryChoice),
      privatePlaces: late((account) => account.privatePlaces),
      push: late((account) => account.push),
    },
  };
}
