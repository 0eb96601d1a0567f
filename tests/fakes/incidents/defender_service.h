// Incidents and alerts of Defender as Graph and Defender for Endpoint show them: strict about every
// body, late in showing new alerts, merging what the real ones merge.
#pragma once

#include "tests/fakes/cloud.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace quarry::fakes {

struct FakeAlert {
  std::string id;
  std::string incident;
  std::string title;
  std::string description;
  std::string machine;  // of those made by reference
  std::string source;   // "manual", "customTi"
  double created = 0;   // by the cloud's clock
  int events = 1;       // merged into it
  bool open = true;
};

struct FakeIncident {
  std::string title;
  std::string redirect;  // another one's number; "" none
  std::vector<std::string> comments;
  std::string status = "active";  // or "resolved"
  std::string assigned_to = {};
  std::string classification = "unknown";
  std::string determination = "unknown";
  int edits = 0;
};

class DefenderService {
 public:
  static constexpr const char* kGraph = "https://graph.microsoft.com";
  static constexpr const char* kMde = "https://api.securitycenter.microsoft.com";
  /// A new alert cannot be found for so long (seconds of the cloud's clock).
  static constexpr double kHidden = 20;

  /// Incidents 29001 and 29003 exist; 29002 was merged into 29001.
  explicit DefenderService(Cloud& cloud);

  std::vector<FakeAlert> alerts() const;
  std::map<std::string, FakeIncident> incidents() const;
  /// A line for each incident that has alerts or comments, and for each alert: for tests of whole
  /// programs.
  std::vector<std::string> report() const;

 private:
  Reply create_alert(const Request& request);
  Reply create_by_reference(const Request& request);
  Reply list_alerts(const Request& request);
  Reply show_alert(const std::string& id);
  Reply show_incident(const Request& request, const std::string& id);
  Reply edit_incident(const Request& request, const std::string& id);
  Reply add_comment(const Request& request, const std::string& id);
  Reply move_alerts(const Request& request);
  std::string new_incident(const std::string& title);
  FakeAlert& add_alert(FakeAlert alert);
  FakeAlert* visible(const std::string& id);
  bool is_visible(const FakeAlert& alert) const;
  std::string json_of(const FakeAlert& alert) const;

  Cloud& cloud_;
  mutable std::mutex mutex_;
  std::vector<FakeAlert> alerts_;
  std::map<std::string, FakeIncident> incidents_;
  int next_incident_ = 30001;
  int next_alert_ = 1;
};

}  // namespace quarry::fakes
