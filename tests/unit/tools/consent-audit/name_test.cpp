#include "tools/consent-audit/risk/name_reading.h"
#include "tools/consent-audit/risk/reply_url.h"

#include <doctest/doctest.h>

using namespace quarry::consent_audit;

TEST_CASE("names that the eye takes for a brand are found, whatever they are made of") {
  for (const char* name :
       {"Micros0ft Teams", "\xD0\x9Cicrosoft 365", "rnicrosoft", "Micro\xE2\x80\x8Bsoft OneDrive",
        "Outl\xD0\xBE\xD0\xBEk", "SharePoint\xCC\x81 X", "DocuSlgn", "Ad0be", "Microsft Teams",
        "Micorsoft",
        "M\xC3\xAD"
        "crosoft",
        "\xEF\xBC\xAF\xEF\xBD\x86\xEF\xBD\x86\xEF\xBD\x89\xEF\xBD\x83\xEF\xBD\x85 365"}) {
    CAPTURE(name);
    CHECK(read_name(name).how == "looks like");
  }
  CHECK(read_name("OneDrive").how == "is");
  CHECK(read_name("Microsoft Security Update").how == "begins with");
}

TEST_CASE("honest names are left alone") {
  for (const char* name : {"Zoom", "Adobe Acrobat", "Contoso HR Portal",
                           "Gr\xC3\xB6\xC3\x9F"
                           "enrechner f\xC3\xBCr Z\xC3\xBCrich",
                           "Graph Explorer", "Report for Microsoft 365", "Hello! Microsoft",
                           "Splunk", "", "Office Plants", "A | Microsoft"}) {
    CAPTURE(name);
    CHECK(read_name(name).imitates.empty());
  }
}

TEST_CASE("odd names") {
  CHECK(read_name("...").no_letters);
  CHECK(read_name("Test2").throw_away);
  CHECK(read_name("Invoice \xE2\x80\xAEgnp.tcartnoc").turns_text);
  CHECK(read_name("P\xD0\xB0yroll").mixed_scripts);
  CHECK_FALSE(read_name("\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 Tools").mixed_scripts);
  CHECK_FALSE(read_name("Testbench").throw_away);
}

TEST_CASE("one letter apart") {
  CHECK(is_near("microsoft", "microsoft"));
  CHECK(is_near("microsft", "microsoft"));
  CHECK(is_near("micrrosoft", "microsoft"));
  CHECK(is_near("microsofd", "microsoft"));
  CHECK(is_near("micorsoft", "microsoft"));
  CHECK_FALSE(is_near("mikrosaft", "microsoft"));
  CHECK_FALSE(is_near("", "ab"));
}

TEST_CASE("reply URLs") {
  for (const char* url :
       {"https://abcd.ngrok-free.app/cb", "http://198.51.100.23:8080/t",
        "http://localhost:7823/access/", "https://login-microsoftonline.com.evil.example/",
        "https://xn--mcrosoft-c2a.example/", "https://a.b.workers.dev/", "http://example.com/",
        "https://user@evil.example/"}) {
    CAPTURE(url);
    CHECK_FALSE(oddness_of_reply_url(url).empty());
  }
  for (const char* url : {"https://app.contoso.example/signin", "urn:ietf:wg:oauth:2.0:oob",
                          "http://localhost", "http://127.0.0.1:5000/cb", "msal1234://auth",
                          "https://login.microsoftonline.com/common", ""}) {
    CAPTURE(url);
    CHECK(oddness_of_reply_url(url).empty());
  }
}
