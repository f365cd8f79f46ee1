export type * from './api.ts';
export type {
  Assistant,
  AssistantAction,
  AssistantEvent,
  AssistantQuestion,
  AssistantSource,
} from './assistant/assistant.ts';
export { connect } from './connect.ts';
export { photoUrl } from './files/photo-url.ts';
export type { Upload, UploadedFile, UploadProgress } from './files/upload.ts';
export type {
  AudioSession,
  GroupInfo,
  Invitation,
  Member,
  Message,
  Place,
  PlannedSession,
  Play,
  Playback,
  PlaylistItem,
  Profile,
} from './merge/states.ts';
export type { CalibrateOptions, Calibration } from './music/calibrate.ts';
export type { PhoneOffset } from './music/chirp-rounds.ts';
export type { Listener, ListenerState } from './music/listener.ts';
export type { SoundDevice } from './music/sound-device.ts';
export type { SoundOutput } from './music/sound-output.ts';
export {
  bearingDeg,
  between,
  distanceM,
  type LatLng,
  moved,
  shortWayDeg,
} from './positions/earth.ts';
export {
  addFix,
  type Drawn,
  drawnAt,
  type Glide,
  type GlideFix,
  newGlide,
} from './positions/glide.ts';
export { locateFor } from './positions/late-locating.ts';
export type { LocateForOptions } from './positions/locate-for-group.ts';
export type { Locating } from './positions/locating.ts';
export type { LocationProblem, LocationSource } from './positions/location-source.ts';
export { primaryPositions } from './positions/primary.ts';
export {
  lostAfterMs,
  nextSignalMs,
  type PositionSignal,
  positionSignal,
  staleAfterMs,
} from './positions/signal.ts';
export { type ErrorCode, errorCodes, JamzError } from './protocol/errors.ts';
export type { GroupPolicies, ProfileField, RepeatMode, Role } from './protocol/payloads.ts';
export type { Fix, SharingMode } from './protocol/wire.ts';
export type { Live } from './streams/live.ts';
export type {
  Trip,
  TripConsent,
  TripLike,
  TripLink,
  TripMessage,
  TripPoint,
  TripSong,
  TripTraveller,
} from './trips/trip.ts';
