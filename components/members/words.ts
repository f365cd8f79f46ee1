import type { Role } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

/** What the list of members says. */
export interface MembersWords {
  readonly title: (count: number) => string;
  readonly you: string;
  readonly role: Readonly<Record<Role, string>>;
  readonly roleOf: (name: string) => string;
  readonly invite: string;
  readonly inviting: string;
  readonly onlyYou: string;
  readonly onlyYouText: string;
  readonly linkTitle: string;
  readonly linkText: string;
  readonly copy: string;
  readonly copied: string;
  readonly share: string;
  readonly shareText: (group: string) => string;
  readonly more: (name: string) => string;
  readonly remove: string;
  readonly ban: string;
  readonly removeAsk: (name: string) => string;
  readonly removeText: string;
  readonly banAsk: (name: string) => string;
  readonly banText: string;
  readonly report: string;
  readonly reportReason: (name: string) => string;
  readonly reportText: (name: string) => string;
  readonly reportSend: string;
  readonly reasonMissing: string;
  readonly reported: (name: string) => string;
  readonly leave: string;
  readonly leaveAsk: string;
  readonly leaveText: string;
  readonly rename: string;
  readonly name: string;
  readonly save: string;
  readonly offline: string;
  readonly notAllowed: string;
}

const en: MembersWords = {
  title: (count) => (count === 1 ? '1 member' : `${count} members`),
  you: 'you',
  role: { owner: 'Owner', moderator: 'Moderator', member: 'Member' },
  roleOf: (name) => `Role of ${name}`,
  invite: 'Invite',
  inviting: 'One moment',
  onlyYou: 'Only you so far',
  onlyYouText: 'Send a link to those who travel with you.',
  linkTitle: 'Invitation link',
  linkText: 'Who opens it joins the group.',
  copy: 'Copy',
  copied: 'Copied',
  share: 'Send',
  shareText: (group) => `Join ${group} on the road`,
  more: (name) => `More about ${name}`,
  remove: 'Remove from the group',
  ban: 'Remove and ban',
  removeAsk: (name) => `Remove ${name}?`,
  removeText: 'They hear and see no more of the group. A new invitation lets them back in.',
  banAsk: (name) => `Ban ${name}?`,
  banText: 'They hear and see no more of the group, and no invitation lets them back in.',
  report: 'Report',
  reportReason: (name) => `What is wrong with ${name}?`,
  reportText: (name) => `The people of this site read it. ${name} does not hear of it.`,
  reportSend: 'Send the report',
  reasonMissing: 'Say in a few words what happened.',
  reported: (name) =>
    `Thank you. The people of this site look at it, and ${name} does not hear of it.`,
  leave: 'Leave the group',
  leaveAsk: 'Leave this group?',
  leaveText: 'You need an invitation to come back. What you added stays.',
  rename: 'Change my name',
  name: 'Your name',
  save: 'Save',
  offline: 'An invitation needs the network. Try again when you are online.',
  notAllowed: 'Only owners of this group may invite.',
};

export const membersWords: Dictionary<MembersWords> = { of: 'members/words', en };
