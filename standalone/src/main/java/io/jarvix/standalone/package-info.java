@NullMarked
package io.jarvix.standalone;

import org.jspecify.annotations.NullMarked;
