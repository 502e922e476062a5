package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jarvix.contracts.Cidr;
import io.jarvix.contracts.PublicAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The network policy lets collectors reach what the collector itself holds for public: the same
/// answer for each address that could tell the two apart.
class PublicInternetTest {

    private record Block(Cidr cidr, List<Cidr> except) {

        boolean lets(InetAddress address) {
            return cidr.contains(address)
                    && except.stream().noneMatch(hole -> hole.contains(address));
        }
    }

    private static final List<Block> BLOCKS = blocks();

    @Test
    void everyBoundaryOfAHoleIsOneOfTheServiceToo() throws Exception {
        for (Block block : BLOCKS) {
            assertThat(block.except()).isNotEmpty();
            for (Cidr hole : block.except()) {
                for (InetAddress address : around(hole.toString())) {
                    assertSame(address);
                }
            }
        }
    }

    @Test
    void allOfIpv4IsJudgedAlike() throws Exception {
        for (int high = 0; high < 65_536; high++) {
            byte[] address = {(byte) (high >> 8), (byte) high, 0, 1};
            assertSame(InetAddress.getByAddress(address));
            address[2] = (byte) 0x81;
            assertSame(InetAddress.getByAddress(address));
        }
    }

    @Test
    void knownTrapsAreClosed() throws Exception {
        for (String address :
                List.of(
                        "169.254.169.254",
                        "100.100.100.200",
                        "168.63.129.16",
                        "10.0.0.1",
                        "172.31.255.255",
                        "192.0.0.192",
                        "::1",
                        "fd00:ec2::254",
                        "fe80::1",
                        "64:ff9b::a00:1",
                        "2002:a00:1::")) {
            assertThat(lets(InetAddress.getByName(address))).describedAs(address).isFalse();
        }
        assertThat(lets(InetAddress.getByName("93.184.215.14"))).isTrue();
        assertThat(lets(InetAddress.getByName("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))).isTrue();
    }

    private static void assertSame(InetAddress address) {
        assertThat(lets(address))
                .describedAs(address.getHostAddress())
                .isEqualTo(PublicAddress.objectionTo(address).isEmpty());
    }

    private static boolean lets(InetAddress address) {
        return BLOCKS.stream().anyMatch(block -> block.lets(address));
    }

    /// The first and last address of a block, and their neighbours outside of it.
    private static List<InetAddress> around(String cidr) throws UnknownHostException {
        String[] parts = cidr.split("/", -1);
        byte[] bytes = InetAddress.getByName(parts[0]).getAddress();
        int bits = bytes.length * 8;
        BigInteger first = new BigInteger(1, bytes);
        BigInteger size = BigInteger.ONE.shiftLeft(bits - Integer.parseInt(parts[1]));
        BigInteger last = first.add(size).subtract(BigInteger.ONE);
        BigInteger end = BigInteger.ONE.shiftLeft(bits);
        List<InetAddress> addresses = new ArrayList<>();
        for (BigInteger value :
                List.of(first.subtract(BigInteger.ONE), first, last, last.add(BigInteger.ONE))) {
            if (value.signum() >= 0 && value.compareTo(end) < 0) {
                byte[] padded = new byte[bytes.length];
                byte[] raw = value.toByteArray();
                int length = Math.min(raw.length, padded.length);
                System.arraycopy(raw, raw.length - length, padded, padded.length - length, length);
                addresses.add(InetAddress.getByAddress(padded));
            }
        }
        return addresses;
    }

    private static List<Block> blocks() {
        JsonNode policy =
                Overlay.assembled("production").ofKind("NetworkPolicy").stream()
                        .filter(document -> document.name().equals("public-internet"))
                        .findFirst()
                        .orElseThrow()
                        .spec();
        return Document.elements(policy.at("/egress/0/to"))
                .map(peer -> peer.path("ipBlock"))
                .map(
                        block ->
                                new Block(
                                        Cidr.parse(block.path("cidr").asText()),
                                        Document.elements(block.path("except"))
                                                .map(hole -> Cidr.parse(hole.asText()))
                                                .toList()))
                .toList();
    }
}
