/** Put in by the build from package.json. */
declare const BYTECHAT_VERSION: string | undefined;

/** The release; sources that run unbuilt are none. */
export const VERSION: string = typeof BYTECHAT_VERSION === 'string' ? BYTECHAT_VERSION : 'development';
