/// What the services of JARVIX say to each other: messages, topics, and the identity of a URL.
///
/// Each message is a record whose JSON form is pinned by a golden file. Readers ignore fields that
/// they do not know and give new fields a default, so an older and a newer service run side by side
/// ([Wire]).
@NullMarked
package io.jarvix.contracts;

import org.jspecify.annotations.NullMarked;
