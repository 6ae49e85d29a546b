/** Put in by the bundler. */
declare const BYTECHAT_VERSION: string | undefined;

/** The version of the program; `development` when it runs from its sources. */
export const VERSION: string = typeof BYTECHAT_VERSION === 'string' ? BYTECHAT_VERSION : 'development';
