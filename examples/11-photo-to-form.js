// Sends a photo that a patient sent on to another system, in the form that Kobo and ODK take; needs data { photoId, filesUrl, visitId, phone }.
fn(state => ({ ...state, photo: `${state.data.visitId}.jpg` }));
downloadMedia(
  { id: $.data.photoId, filename: $.photo },
  {
    to: {
      url: `${$.data.filesUrl}/submission`,
      headers: { 'x-openrosa-version': '1.0' },
      field: $.photo,
      fields: {
        xml_submission_file: {
          content: `<data id="visit"><photo>${$.photo}</photo></data>`,
          filename: 'submission.xml',
          type: 'text/xml',
        },
      },
    },
  },
);
sendMessage($.references[0].phone, 'Thank you, your photo has arrived.');
