package io.jarvix.gateway;

import io.jarvix.contracts.Cidr;
import io.jarvix.contracts.PublicAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where one attempt of a delivery connects to: an address that was checked, whatever a second
/// look-up of its name would say.
///
/// @param path with the query
record WebhookTarget(String host, int port, boolean tls, String path, InetAddress address) {

    /// The addresses of a name.
    interface Lookup {
        InetAddress[] addressesOf(String name) throws IOException, InterruptedException;
    }

    /// The target is none of the internet, and asking again would not make it better.
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /// Looks the name up once and checks each of its addresses: one that is not public condemns the
    /// name.
    ///
    /// @param url in its canonical spelling
    /// @param allowed blocks that may be called though they are not public
    static WebhookTarget check(String url, Lookup lookup, List<Cidr> allowed)
            throws RefusedException, IOException, InterruptedException {
        URI uri = URI.create(url);
        boolean tls = uri.getScheme().equals("https");
        String host = Objects.requireNonNull(uri.getHost(), "host");
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] addresses = lookup.addressesOf(name);
        if (addresses.length == 0) {
            throw new UnknownHostException(name);
        }
        for (InetAddress address : addresses) {
            refuseUnlessCallable(address, allowed);
        }
        @Nullable String query = uri.getRawQuery();
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        return new WebhookTarget(
                host,
                port,
                tls,
                query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query,
                addresses[0]);
    }

    /// The reason names the kind of address only: what an inner name resolves to is no business of
    /// whoever submits.
    private static void refuseUnlessCallable(InetAddress address, List<Cidr> allowed)
            throws RefusedException {
        if (allowed.stream().anyMatch(block -> block.contains(address))) {
            return;
        }
        if (PublicAddress.objectionTo(address).isPresent()) {
            throw new RefusedException("The target's address is not a public one.");
        }
    }
}
