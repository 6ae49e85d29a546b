/** Put in by the build: from package.json, and from BYTECHAT_COMMIT in the environment of the build. */
declare const BYTECHAT_VERSION: string | undefined;
declare const BYTECHAT_COMMIT: string | undefined;

/** The release; sources that run unbuilt are none. */
export const VERSION: string = typeof BYTECHAT_VERSION === 'string' ? BYTECHAT_VERSION : 'development';
/** The commit it was built from, where the build was told. */
export const COMMIT: string = typeof BYTECHAT_COMMIT === 'string' ? BYTECHAT_COMMIT : 'unknown';
