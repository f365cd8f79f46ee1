// Made by `node scripts/reference.ts` from the elements, as custom-elements.json is; a test keeps it current.
import type {
  JamzAiChat,
  JamzConflictDialog,
  JamzGroup,
  JamzMap,
  JamzMembers,
  JamzMessages,
  JamzPlayer,
  JamzPlaylist,
  JamzProfile,
  JamzSignIn,
  JamzSyncIndicator,
  JamzSyncInspector,
  JamzTrip,
  JamzUpload,
} from '../index.ts';

/** The elements by their tags. */
export interface JamzTags {
  'jamz-ai-chat': JamzAiChat;
  'jamz-conflict-dialog': JamzConflictDialog;
  'jamz-group': JamzGroup;
  'jamz-map': JamzMap;
  'jamz-members': JamzMembers;
  'jamz-messages': JamzMessages;
  'jamz-player': JamzPlayer;
  'jamz-playlist': JamzPlaylist;
  'jamz-profile': JamzProfile;
  'jamz-sign-in': JamzSignIn;
  'jamz-sync-indicator': JamzSyncIndicator;
  'jamz-sync-inspector': JamzSyncInspector;
  'jamz-trip': JamzTrip;
  'jamz-upload': JamzUpload;
}

/** What can be set on each tag, by the property's name. */
export interface JamzProperties {
  'jamz-ai-chat':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'assistant';
  'jamz-conflict-dialog':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'in';
  'jamz-group':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'guestName';
  'jamz-map':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'tiles'
    | 'styleUrl'
    | 'workerUrl'
    | 'attribution'
    | 'center'
    | 'zoom'
    | 'follow'
    | 'externalPositions'
    | 'geolocation'
    | 'loadStreets';
  'jamz-members': 'server' | 'site' | 'namespace' | 'group' | 'client' | 'theme' | 'density';
  'jamz-messages': 'server' | 'site' | 'namespace' | 'group' | 'client' | 'theme' | 'density';
  'jamz-player':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'layout'
    | 'pan'
    | 'keyboard';
  'jamz-playlist':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'keyboard';
  'jamz-profile':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'now';
  'jamz-sign-in':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'inviteCode'
    | 'ask'
    | 'now';
  'jamz-sync-indicator':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'now';
  'jamz-sync-inspector': 'server' | 'site' | 'namespace' | 'group' | 'client' | 'theme' | 'density';
  'jamz-trip':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'from'
    | 'until'
    | 'code'
    | 'trip'
    | 'tiles'
    | 'styleUrl'
    | 'workerUrl'
    | 'attribution'
    | 'loadStreets';
  'jamz-upload':
    | 'server'
    | 'site'
    | 'namespace'
    | 'group'
    | 'client'
    | 'theme'
    | 'density'
    | 'noAdd';
}

/** Attributes that are called otherwise than their property. */
export interface JamzAttributes {
  'jamz-ai-chat': Record<never, never>;
  'jamz-conflict-dialog': Record<never, never>;
  'jamz-group': { 'guest-name'?: JamzGroup['guestName'] | undefined };
  'jamz-map': {
    'style-url'?: JamzMap['styleUrl'] | undefined;
    'worker-url'?: JamzMap['workerUrl'] | undefined;
    'external-positions'?: JamzMap['externalPositions'] | undefined;
  };
  'jamz-members': Record<never, never>;
  'jamz-messages': Record<never, never>;
  'jamz-player': Record<never, never>;
  'jamz-playlist': Record<never, never>;
  'jamz-profile': Record<never, never>;
  'jamz-sign-in': { 'invite-code'?: JamzSignIn['inviteCode'] | undefined };
  'jamz-sync-indicator': Record<never, never>;
  'jamz-sync-inspector': Record<never, never>;
  'jamz-trip': {
    'style-url'?: JamzTrip['styleUrl'] | undefined;
    'worker-url'?: JamzTrip['workerUrl'] | undefined;
  };
  'jamz-upload': { 'no-add'?: JamzUpload['noAdd'] | undefined };
}

/** What each tag fires. */
export interface JamzEvents {
  'jamz-ai-chat':
    | 'jamz-error'
    | 'jamz-request-action'
    | 'jamz-request-ask'
    | 'jamz-request-profile';
  'jamz-conflict-dialog': 'jamz-conflict' | 'jamz-request-answer';
  'jamz-group': 'jamz-error' | 'jamz-sign-in' | 'jamz-sign-out' | 'jamz-status-change';
  'jamz-map': 'jamz-error' | 'jamz-request-share-position' | 'jamz-visit';
  'jamz-members':
    | 'jamz-error'
    | 'jamz-request-invite'
    | 'jamz-request-remove-member'
    | 'jamz-request-report'
    | 'jamz-request-role';
  'jamz-messages': 'jamz-message' | 'jamz-request-send';
  'jamz-player':
    | 'jamz-pause'
    | 'jamz-play'
    | 'jamz-request-add-tracks'
    | 'jamz-request-like'
    | 'jamz-request-next'
    | 'jamz-request-pause'
    | 'jamz-request-play'
    | 'jamz-request-previous'
    | 'jamz-request-seek'
    | 'jamz-request-select'
    | 'jamz-request-upload'
    | 'jamz-track-change'
    | 'jamz-upload-done';
  'jamz-playlist':
    | 'jamz-request-add-tracks'
    | 'jamz-request-like'
    | 'jamz-request-move'
    | 'jamz-request-remove'
    | 'jamz-request-select';
  'jamz-profile':
    | 'jamz-error'
    | 'jamz-request-conflicts'
    | 'jamz-request-delete-account'
    | 'jamz-request-profile'
    | 'jamz-request-sign-out'
    | 'jamz-sign-in'
    | 'jamz-sign-out';
  'jamz-sign-in':
    | 'jamz-error'
    | 'jamz-join'
    | 'jamz-request-password-reset'
    | 'jamz-request-sign-in'
    | 'jamz-request-sign-out'
    | 'jamz-sign-in'
    | 'jamz-sign-out';
  'jamz-sync-indicator': 'jamz-request-conflicts' | 'jamz-request-sync' | 'jamz-status-change';
  'jamz-sync-inspector': never;
  'jamz-trip':
    | 'jamz-error'
    | 'jamz-request-answer-trip'
    | 'jamz-request-end-trip-link'
    | 'jamz-request-share-trip'
    | 'jamz-trip-pause'
    | 'jamz-trip-play'
    | 'jamz-trip-seek';
  'jamz-upload': 'jamz-request-add-tracks' | 'jamz-request-upload' | 'jamz-upload-done';
}

declare global {
  interface HTMLElementTagNameMap extends JamzTags {}
}
