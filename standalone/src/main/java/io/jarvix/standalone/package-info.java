/// The whole suite in one process, on an embedded broker and database: what a newcomer starts with
/// one command.
///
/// Start reading at [Jarvix], the command line; [Suite] says what is started in which order.
@NullMarked
package io.jarvix.standalone;

import org.jspecify.annotations.NullMarked;
