import type { FactDetails, RequestDetails } from '../shared/events.ts';
import type { JamzAttributes, JamzEvents, JamzProperties, JamzTags } from './elements.ts';

export type JamzTag = keyof JamzTags;

/** Every event of every element. */
export type JamzEvent = keyof RequestDetails | keyof FactDetails;

/** What markup can set on an element: its properties, and attributes that are called otherwise. */
export type JamzProps<Tag extends JamzTag> = {
  [Name in JamzProperties[Tag] & keyof JamzTags[Tag]]?: JamzTags[Tag][Name] | undefined;
} & JamzAttributes[Tag];

/** What an element's listeners hear. Events bubble: a `<jamz-group>` hears those of every element in it. */
export type JamzHeard<Tag extends JamzTag> = Tag extends 'jamz-group' ? JamzEvent : JamzEvents[Tag];

/** An event with its detail, as heard at an element. */
export type JamzEventAt<Tag extends JamzTag, Type> = (Type extends keyof RequestDetails
  ? CustomEvent<RequestDetails[Type]>
  : Type extends keyof FactDetails
    ? CustomEvent<FactDetails[Type]>
    : never) & { readonly currentTarget: JamzTags[Tag] };
