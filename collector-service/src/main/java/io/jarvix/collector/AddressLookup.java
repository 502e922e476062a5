package io.jarvix.collector;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The addresses of a name. Whoever connects checks them first ([AddressGuard]) and connects to
/// what was checked, whatever a second look-up would say.
interface AddressLookup {

    /// All addresses of the name, in the order of preference, never empty. Fails with [UnknownName]
    /// where there is none, and with anything else where no answer came.
    CompletionStage<List<InetAddress>> addressesOf(String name);

    /// The name has no address, and asking again will not help.
    final class UnknownName extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownName(String name) {
            super("The name " + name + " has no address.", null, false, false);
        }
    }
}
