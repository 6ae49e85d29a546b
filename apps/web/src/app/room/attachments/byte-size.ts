const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** A size in words: "812 byte", "4.2 kB", "18 MB". */
export function byteSize(bytes: number, locale: string): string {
  const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const value = bytes / 1_000 ** step;
  const maximumFractionDigits = step > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit: UNITS[step], maximumFractionDigits }).format(
    value,
  );
}
