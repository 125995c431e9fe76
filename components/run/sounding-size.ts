/** What of the sounding line's column lies above the run's beginning and below its budget, in pixels. */
export const TOP = 26;
export const BELOW = 30;

/** What is left free behind the budget when the line lies on its side. */
export const STRIP_END = 14;
