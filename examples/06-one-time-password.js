// Sends a code to log in with an authentication template; needs data { phone, code }.
sendOneTimePassword($.data.phone, 'login_code', $.data.code);
