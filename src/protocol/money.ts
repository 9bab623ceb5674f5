/** An amount as a person of this language reads it, two digits of it however small it is: `CN¥0.0012`, never `¥0.00` for something. */
export function inMoney(amount: number, currency: string, language: string | undefined): string {
  const isSmall = amount !== 0 && Math.abs(amount) < 1;
  return new Intl.NumberFormat(language, { style: 'currency', currency, ...(isSmall && { maximumSignificantDigits: 2 }) }).format(amount);
}

/** A price as it stands in a list, in short, no digit added and none taken away: `CN¥4.5`, `CN¥1`, `$0.135`. */
export function inPrice(price: number, currency: string, language: string | undefined): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, maximumSignificantDigits: 6, minimumSignificantDigits: 1 }).format(price);
}
