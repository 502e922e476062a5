package io.jarvix.standalone;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/// Lets the services' channels start only when the embedded broker is up and has the topics. The
/// classes were loaded and the database migrated meanwhile, which is why the wait is here and not
/// before.
@ApplicationScoped
class BrokerGate {

    void open(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        Suite.awaitBroker();
    }
}
