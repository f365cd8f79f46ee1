import { JamzError } from '../protocol/errors.ts';
import type { GroupId } from '../protocol/ids.ts';
import type { AccountDeps, GroupAccount, PersonAccount } from './account.ts';
import type { PersonData } from './person-data.ts';

/** One text each, which weighs less than a list in a page that calls none of them. */
const ofPerson =
  'upgrade requestPasswordReset requestEmailVerification changeSignIn secondFactor devices endDevice signOutElsewhere signOutAndForget';
const ofGroup =
  'invite olderMessages report takeDown positionHistory trip shareTrip tripLinks answerTrip endTripLink';
const ofData =
  'exportData deleteAccount deletePositionHistory positionHistoryChoice privatePlaces push trip';

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
  const late = (names: string, groupId?: GroupId): object =>
    Object.fromEntries(
      names.split(' ').map((name) => [
        name,
        async (...args: readonly unknown[]): Promise<unknown> => {
          const { accountOf } = await load().catch((cause: unknown) => {
            throw new JamzError('unavailable', 'This needs a network.', { cause });
          });
          return accountOf(deps, groupId)[name]?.(...args);
        },
      ]),
    );
  // Casts: `Named` holds the names against what has them.
  return {
    ofPerson: late(ofPerson) as Named<PersonAccount, typeof ofPerson>,
    ofGroup: (groupId) => late(ofGroup, groupId) as Named<GroupAccount, typeof ofGroup>,
    ofData: late(ofData) as Named<PersonData, typeof ofData>,
  };
}

/** What has just these names. */
type Named<Part, Names extends string> = [keyof Part, Words<Names>] extends [
  Words<Names>,
  keyof Part,
]
  ? Part
  : 'a name is missing, or one too many';

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? First | Words<Rest>
  : Text;
