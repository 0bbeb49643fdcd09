const quietMs = 200;

/** Resolves when a count has stayed the same for a while. */
export async function settled(count: () => number): Promise<void> {
  for (let before = Number.NaN; before !== count(); ) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }
}
