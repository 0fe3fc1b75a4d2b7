// Works on the puzzle beside the page (asn_neutrality/puzzle.py): looks for a number whose hash with
// the challenge is below the bound, and posts it.
self.addEventListener("message", async ({ data: { text, rounds, bound } }) => {
  const encoder = new TextEncoder();
  const salt = encoder.encode(text);
  const hashed = async (number) => {
    const key = await crypto.subtle.importKey("raw", encoder.encode(number), "PBKDF2", false, ["deriveBits"]);
    const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, key, 32);
    return new DataView(bits).getUint32(0);
  };
  for (let number = 0; ; number += 1) {
    if (await hashed(String(number)) < bound) {
      self.postMessage(String(number));
      return;
    }
  }
});
