/** A failure that the person at the keyboard can act on: its message is all that is shown, with no stack. */
export class ReadableError extends Error {}

/** The person (or the machine) asked us to stop while something was under way. */
export class Interrupted extends Error {}
