/// A real Kafka broker (KRaft, in this JVM) and a real PostgreSQL (a child process), each with its
/// data in a folder, so that a second start goes on where the first stopped. Used by the standalone
/// suite and by the services' tests; the deployed services know nothing of it.
@NullMarked
package io.jarvix.embedded;

import org.jspecify.annotations.NullMarked;
