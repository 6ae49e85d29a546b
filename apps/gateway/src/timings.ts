/** Intervals of the gateway that are part of the protocol or of good manners, and no operator's choice. In ms. */
export interface Timings {
  /** Between two renewals of presence and of held connections; a lease lasts four of them. */
  heartbeatMs: number;
  /** Between two position beacons of a room. */
  beaconMs: number;
  /** From the notice EXPIRING to the end of the session (PROTOCOL decision 7). */
  expiryNoticeMs: number;
  /** After which more members than the first few are told of a newcomer (PROTOCOL decision 22). */
  widerAdmissionMs: number;
  /** Between two looks for connections that don't read. */
  slowReaderLookMs: number;
  /** Between two pings of the store. */
  storePingMs: number;
  /** After which a ping counts as failed. */
  storePingTimeoutMs: number;
}

export const TIMINGS_OF_PROTOCOL: Timings = {
  heartbeatMs: 5_000,
  beaconMs: 12_000,
  expiryNoticeMs: 60_000,
  widerAdmissionMs: 2_000,
  slowReaderLookMs: 1_000,
  storePingMs: 750,
  storePingTimeoutMs: 500,
};
