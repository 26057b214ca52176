/** How long a render is. Apart from the rendering, since the command line's tables need it alone. */

/** The longest sound of one render. */
export const LONGEST_RENDER_SECONDS = 3 * 3600;

/**
 * How long: a number of cycles and then the tail until it is silent, or seconds and then a cut. `frames` renders
 * exactly that many instead, with the fade of the tail where `cycles` would have it: stems as long as their mix.
 */
export interface RenderLength {
  readonly cycles?: number;
  readonly seconds?: number;
  readonly frames?: number;
}
