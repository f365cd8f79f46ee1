import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Group, Jamz } from '../../sdk/index.ts';
import type { GroupHost } from './group-controller.ts';

/**
 * The attributes and properties that every element has. Behaviour lives in controllers:
 * this class says only what can be set.
 */
export abstract class JamzElement extends LitElement implements GroupHost {
  /** Base URL of the backend; without it, the page's own origin. */
  @property() accessor server: string | undefined;
  /** The site's publishable key. Elements with the same server and site share one connection. */
  @property() accessor site: string | undefined;
  /** Tells several replicas of one page apart. */
  @property() accessor namespace: string | undefined;
  /** As an attribute a group's id; as a property an id or a Group of the SDK. */
  @property() accessor group: string | Group | undefined;
  /** An SDK object that the page made itself; goes before `server` and `site`. */
  @property({ attribute: false }) accessor client: Jamz | undefined;
  /** `light`, `dark`, or `auto` for what the system prefers; without it, as the page around. */
  @property({ reflect: true }) accessor theme: 'light' | 'dark' | 'auto' | undefined;
  /** `compact` for tighter rows. */
  @property({ reflect: true }) accessor density: 'comfortable' | 'compact' | undefined;
}
