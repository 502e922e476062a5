@NullMarked
package io.jarvix.pdf;

import org.jspecify.annotations.NullMarked;
