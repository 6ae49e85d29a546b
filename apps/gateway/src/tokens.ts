/** Names under which Nest hands out what no class of ours stands for. */
export const CONFIG = Symbol('config');
export const LOG = Symbol('log');
export const METRICS = Symbol('metrics');
export const ROOM_STORE = Symbol('room store');
export const BLOBS = Symbol('blobs');
export const ROOMS = Symbol('rooms');
export const TIMINGS = Symbol('timings');
export const ADAPTER_CONNECTIONS = Symbol('adapter connections');
export const PROXY_TRUST = Symbol('proxy trust');
