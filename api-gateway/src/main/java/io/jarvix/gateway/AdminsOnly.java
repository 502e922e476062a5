package io.jarvix.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A resource that needs the role ADMIN, whatever the method ([AccessFilter]).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface AdminsOnly {}
