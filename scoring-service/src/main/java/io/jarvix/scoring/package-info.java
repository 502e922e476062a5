@NullMarked
package io.jarvix.scoring;

import org.jspecify.annotations.NullMarked;
