// Photos on the phone: made small before they are kept, so that little data goes over the air.
// Drawing them anew also leaves behind what the camera wrote beside the pixels.
window.photos = (() => {
  const LONGEST_SIDE = 1600;
  const PREVIEW_SIDE = 96;
  const QUALITY = 0.82;

  const draw = (bitmap, longest, canvas = document.createElement("canvas")) => {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas;
  };

  return {
    // A chosen file as { name, type, bytes }; rejects where the browser can't read it as a picture.
    shrink: async (file) => {
      const bitmap = await window.createImageBitmap(file, { imageOrientation: "from-image" });
      const canvas = draw(bitmap, LONGEST_SIDE);
      const blob = await new Promise((resolve) => {
        canvas.toBlob(resolve, "image/jpeg", QUALITY);
      });
      const name = `${file.name.replace(/\.[^.]*$/, "") || "foto"}.jpg`;
      // Bytes, not the blob: some browsers lose blobs that are kept in IndexedDB.
      return { name, type: blob.type, bytes: await blob.arrayBuffer() };
    },
    // A small picture of a kept photo.
    preview: async (photo, label) => {
      const blob = new Blob([photo.bytes], { type: photo.type });
      const canvas = draw(await window.createImageBitmap(blob), PREVIEW_SIDE * 2);
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", label);
      return canvas;
    },
  };
})();
