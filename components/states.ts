/** Every element in every state it has, over an SDK of fakes: for the gallery, the tests, and a host's own pictures. */
import { aiChatStates } from './ai-chat/states.ts';
import { conflictDialogStates } from './conflict-dialog/states.ts';
import { mapStates } from './map/states.ts';
import { membersStates } from './members/states.ts';
import { messagesStates } from './messages/states.ts';
import { playerStates } from './player/states.ts';
import { playlistStates } from './playlist/states.ts';
import { profileStates } from './profile/states.ts';
import type { ElementStates } from './shared/testing/element-state.ts';
import { signInStates } from './sign-in/states.ts';
import { syncIndicatorStates } from './sync-indicator/states.ts';
import { syncInspectorStates } from './sync-inspector/states.ts';
import { tripStates } from './trip/states.ts';
import { uploadStates } from './upload/states.ts';

export type {
  ElementState,
  ElementStates,
  Staged,
  StatedElement,
  World,
} from './shared/testing/element-state.ts';
export { stage } from './shared/testing/element-state.ts';

/** In the order in which one meets them. `<jamz-group>` has no looks of its own. */
export const everyElement: readonly ElementStates[] = [
  playerStates,
  playlistStates,
  messagesStates,
  aiChatStates,
  mapStates,
  tripStates,
  membersStates,
  uploadStates,
  syncIndicatorStates,
  conflictDialogStates,
  signInStates,
  profileStates,
  syncInspectorStates,
];
