package io.jarvix.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The class decides and does nothing else: values in, values out. It touches no CDI, Kafka, HTTP,
/// database, file or clock (a time comes in as a value), so that it is tested in milliseconds and
/// reasoned about alone. A test of the build holds every class that is marked so to it.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Pure {}
