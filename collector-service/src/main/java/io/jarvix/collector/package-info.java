@NullMarked
package io.jarvix.collector;

import org.jspecify.annotations.NullMarked;
