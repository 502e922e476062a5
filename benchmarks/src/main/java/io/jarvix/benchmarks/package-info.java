/// The benchmark suite: a test origin that plays many web sites, and cases that measure the built
/// services as processes, as their users run them. Start reading at [Main], then [Origin] and
/// [EndToEnd].
@NullMarked
package io.jarvix.benchmarks;

import org.jspecify.annotations.NullMarked;
