/** The elements' classes. Importing them registers nothing: `./define` does. */
export { JamzAiChat } from './ai-chat/jamz-ai-chat.ts';
export { JamzConflictDialog } from './conflict-dialog/jamz-conflict-dialog.ts';
export type {
  JamzAttributes,
  JamzEvents,
  JamzProperties,
  JamzTags,
} from './frameworks/elements.ts';
export { JamzGroup } from './group/jamz-group.ts';
export { JamzMap } from './map/jamz-map.ts';
export { JamzMembers } from './members/jamz-members.ts';
export { JamzMessages } from './messages/jamz-messages.ts';
export { JamzPlayer } from './player/jamz-player.ts';
export { JamzPlaylist } from './playlist/jamz-playlist.ts';
export { JamzProfile } from './profile/jamz-profile.ts';
export type { Access } from './shared/access.ts';
export { clientContext } from './shared/client-context.ts';
export type { FactDetails, RequestDetails } from './shared/events.ts';
export { groupContext } from './shared/group-context.ts';
export { JamzSignIn } from './sign-in/jamz-sign-in.ts';
export { JamzSyncIndicator } from './sync-indicator/jamz-sync-indicator.ts';
export { JamzSyncInspector } from './sync-inspector/jamz-sync-inspector.ts';
export { JamzTrip } from './trip/jamz-trip.ts';
export { JamzUpload } from './upload/jamz-upload.ts';
