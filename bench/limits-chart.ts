interface Row {
  readonly contender: string;
  readonly keysPerSecond: number;
  readonly refusedByVendor: number;
}

const width = 860;
const barHeight = 22;
const left = 300;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Bars of the keys answered a second, one group for each scenario; those with refusals of the vendor are hatched red. */
export function chart(results: readonly { readonly scenario: string; readonly outcomes: readonly Row[] }[]): string {
  const parts: string[] = [];
  let y = 34;
  for (const { scenario, outcomes } of results) {
    const most = Math.max(1, ...outcomes.map((row) => row.keysPerSecond));
    parts.push(`<text x="12" y="${y}" font-weight="bold">${escaped(scenario)}</text>`);
    y += 12;
    for (const row of outcomes) {
      const length = Math.max(1, (row.keysPerSecond / most) * (width - left - 190));
      const colour = row.refusedByVendor > 0 ? '#c0392b' : row.contender === 'switchboard' ? '#1f6f54' : '#7f8c8d';
      const note = `${row.keysPerSecond.toFixed(0)} keys/s${row.refusedByVendor > 0 ? `, ${row.refusedByVendor} refused` : ''}`;
      parts.push(`<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escaped(row.contender)}</text>`);
      parts.push(
        `<rect x="${left}" y="${y + 2}" width="${length.toFixed(1)}" height="${barHeight - 6}" fill="${colour}"/>`,
      );
      parts.push(`<text x="${(left + length + 8).toFixed(1)}" y="${y + 15}">${note}</text>`);
      y += barHeight;
    }
    y += 30;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" font-family="sans-serif" font-size="12">
<title>Keys answered a second under overload, by contender</title>
<rect width="100%" height="100%" fill="white"/>
${parts.join('\n')}
</svg>
`;
}
