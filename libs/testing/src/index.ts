export * from './client/index.ts';
export * from './redis/index.ts';
export * from './rooms/index.ts';
