package io.jarvix.gateway;

import java.util.UUID;

/// Who calls, as a key or a token says.
///
/// @param id owns what the caller submits
record Identity(UUID id, ApiKey.Role role) {}
