// Shows the way to the clinic on the map; needs data { phone, clinic }.
sendLocation($.data.phone, {
  latitude: $.data.clinic.latitude,
  longitude: $.data.clinic.longitude,
  name: $.data.clinic.name,
  address: $.data.clinic.address,
});
