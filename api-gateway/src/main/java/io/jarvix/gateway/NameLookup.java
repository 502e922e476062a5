package io.jarvix.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The machine's own name look-up, with a deadline that it lacks.
///
/// @param deadline of one look-up
record NameLookup(Duration deadline) implements WebhookTarget.Lookup {

    @Override
    public InetAddress[] addressesOf(String name) throws IOException, InterruptedException {
        FutureTask<InetAddress[]> asked = new FutureTask<>(() -> InetAddress.getAllByName(name));
        Thread.ofVirtual().name("gateway-dns").start(asked);
        try {
            return asked.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (IOException)
                    new UnknownHostException("The name " + name + " was not found.").initCause(e);
        } catch (TimeoutException e) {
            throw new IOException("The name " + name + " was not found in time.", e);
        }
    }
}
