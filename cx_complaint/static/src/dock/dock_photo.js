const LONGEST_SIDE = 1600;

/**
 * A photo of the phone as base64 of a JPEG that is small enough for a poor connection; other files as they are.
 *
 * @param {File} file
 * @returns {Promise<string>}
 */
export async function readPhoto(file) {
    let blob = file;
    try {
        const image = await createImageBitmap(file);
        const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(image.width * scale);
        canvas.height = Math.round(image.height * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    } catch {
        // not readable here: the server says whether it is a photo
    }
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1] || "");
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob || file);
    });
}
