#pragma once

#include "oms/domain/fields/commands.hpp"
#include "oms/domain/fields/conditions.hpp"
#include "oms/domain/fields/definitions.hpp"
#include "oms/domain/fields/lists.hpp"
#include "oms/domain/fields/operator_acts.hpp"
#include "oms/domain/fields/outputs.hpp"
#include "oms/domain/fields/venue_facts.hpp"

// One list of fields per struct: `describe(value, visit)` calls visit(number, name, member) for each.
// The journal writes and reads by it, the state hash folds it, tools print by it; so none can forget
// a field. Numbers are those of spec/proto/journal.proto (a test compares) and are never reused.
