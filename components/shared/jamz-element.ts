import { LitElement, type PropertyDeclarations } from 'lit';
import type { Group, Jamz } from '../../sdk/index.ts';
import type { GroupHost } from './group-controller.ts';

/**
 * The attributes and properties that every element has. Behaviour lives in controllers:
 * this class says only what can be set. Declared without decorators, which would add their
 * lowered form and that of every private name to each element.
 */
export abstract class JamzElement extends LitElement implements GroupHost {
  static override properties: PropertyDeclarations = {
    server: {},
    site: {},
    namespace: {},
    group: {},
    client: { attribute: false },
    theme: { reflect: true },
    density: { reflect: true },
  };

  /** Base URL of the backend; without it, the page's own origin. */
  declare server: string | undefined;
  /** The site's publishable key. Elements with the same server and site share one connection. */
  declare site: string | undefined;
  /** Tells several replicas of one page apart. */
  declare namespace: string | undefined;
  /** As an attribute a group's id; as a property an id or a Group of the SDK. */
  declare group: string | Group | undefined;
  /** An SDK object that the page made itself; goes before `server` and `site`. */
  declare client: Jamz | undefined;
  /** `light`, `dark`, or `auto` for what the system prefers; without it, as the page around. */
  declare theme: 'light' | 'dark' | 'auto' | undefined;
  /** `compact` for tighter rows. */
  declare density: 'comfortable' | 'compact' | undefined;
}
