/// Checks of the deployment files: images, compose, Kubernetes, monitoring.
///
/// What needs no tool is always checked. `kubectl`, `promtool`, `amtool` and `docker compose` are
/// used where they are found ([CheckTools]); where one is missing its checks are reported as
/// skipped.
@NullMarked
package io.jarvix.deploy;

import org.jspecify.annotations.NullMarked;
