@NullMarked
package io.jarvix.gateway;

import org.jspecify.annotations.NullMarked;
