package io.jarvix.collector;

import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Cidr;
import io.jarvix.contracts.PublicAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Lets through public addresses and those of the blocks that the operator allowed. One bad address
/// among a name's addresses condemns the name: whoever mixes them tries to get in.
final class AddressGuard {

    private final List<Cidr> allowed;

    AddressGuard(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    static AddressGuard of(CollectorConfig config) {
        return new AddressGuard(
                config.allowedPrivateCidrs().orElse(List.of()).stream().map(Cidr::parse).toList());
    }

    /// The objection to connecting to the host, if there is one.
    Optional<Blocked> objectionTo(String host, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            Optional<String> objection = objectionTo(address);
            if (objection.isPresent()) {
                return Optional.of(
                        new Blocked(
                                BlockRule.ADDRESS,
                                host
                                        + " has address "
                                        + address.getHostAddress()
                                        + ": "
                                        + objection.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> objectionTo(InetAddress address) {
        for (Cidr block : allowed) {
            if (block.contains(address)) {
                return Optional.empty();
            }
        }
        return PublicAddress.objectionTo(address);
    }
}
