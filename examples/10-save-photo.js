// Saves a photo that a patient sent to another system, and says so; needs data { photoId, filesUrl, visitId, phone }.
downloadMedia($.data.photoId, {
  to: `${$.data.filesUrl}/${$.data.visitId}.jpg`,
  method: 'PUT',
  headers: { 'x-visit': $.data.visitId },
});
sendMessage($.references[0].phone, 'Thank you, your photo has arrived.');
