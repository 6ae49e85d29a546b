/** EX_CONFIG of sysexits.h: the environment says something that can't be. */
export const EXIT_CONFIG = 78;
