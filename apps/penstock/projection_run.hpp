#pragma once

#include <string>

namespace penstock::apps {

// What `penstock projection` does, given the file of the configuration. They return exit codes.
int projection_run(const std::string& config);
int projection_rebuild(const std::string& config);
int projection_status(const std::string& config);

}  // namespace penstock::apps
