package io.jarvix.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:2800:220:1:248:1893:25c8:1946",
                "2a00:1450:4001::1",
                "64:ff9b::8.8.8.8",
                "2a00::5efe:8.8.8.8",
            })
    void isPublic(String literal) throws Exception {
        assertThat(PublicAddress.objectionTo(InetAddress.getByName(literal))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "0.1.2.3, this network",
        "10.0.0.0, private use",
        "10.255.255.255, private use",
        "100.64.0.0, shared address space",
        "100.100.100.200, shared address space",
        "100.127.255.255, shared address space",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "168.63.129.16, cloud platform service",
        "169.254.0.1, link-local",
        "169.254.169.254, cloud metadata",
        "172.16.0.0, private use",
        "172.31.255.255, private use",
        "192.0.0.1, IETF",
        "192.0.0.192, IETF",
        "192.0.2.1, documentation",
        "192.31.196.1, AS112",
        "192.52.193.1, AMT",
        "192.88.99.1, 6to4",
        "192.168.0.1, private use",
        "192.168.255.255, private use",
        "192.175.48.1, AS112",
        "198.18.0.0, benchmarking",
        "198.19.255.255, benchmarking",
        "198.51.100.7, documentation",
        "203.0.113.7, documentation",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "240.0.0.1, reserved",
        "255.255.255.255, reserved",
        "::, unspecified",
        "::1, loopback",
        "::ffff:127.0.0.1, loopback",
        "::ffff:10.0.0.1, private use",
        "::ffff:a9fe:a9fe, cloud metadata",
        "::127.0.0.1, retired",
        "::8.8.8.8, retired",
        "::ffff:0:127.0.0.1, retired",
        "64:ff9b::127.0.0.1, NAT64 form of 127.0.0.1",
        "64:ff9b::a9fe:a9fe, NAT64 form of 169.254.169.254",
        "64:ff9b:1::1, outside",
        "100::1, outside",
        "2001::1, Teredo",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2, Teredo",
        "2001:2::1, IETF",
        "2001:10::1, IETF",
        "2001:20::1, IETF",
        "2001:db8::1, documentation",
        "2002:7f00:1::, 6to4",
        "2002:a00:1::1, 6to4",
        "2002:808:808::1, 6to4",
        "2620:4f:8000::1, AS112",
        "3fff::1, documentation",
        "2a00::5efe:10.0.0.1, ISATAP form of 10.0.0.1",
        "2a00::200:5efe:127.0.0.1, ISATAP form of 127.0.0.1",
        "5f00::1, outside",
        "fc00::1, unique local",
        "fd00:ec2::254, unique local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "fec0::1, outside",
        "ff02::1, multicast",
    })
    void isNotPublic(String literal, String why) throws Exception {
        assertThat(PublicAddress.objectionTo(InetAddress.getByName(literal)))
                .hasValueSatisfying(text -> assertThat(text).contains(why));
    }

    @Property
    void aMappedFormIsAsPublicAsItsAddress(@ForAll @Size(4) byte[] v4) throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        byte[] nat64 = new byte[16];
        nat64[1] = 0x64;
        nat64[2] = -1;
        nat64[3] = (byte) 0x9B;
        System.arraycopy(v4, 0, mapped, 12, 4);
        System.arraycopy(v4, 0, nat64, 12, 4);
        boolean refused = PublicAddress.objectionTo(InetAddress.getByAddress(v4)).isPresent();

        assertThat(PublicAddress.objectionTo(InetAddress.getByAddress(mapped)).isPresent())
                .isEqualTo(refused);
        assertThat(PublicAddress.objectionTo(InetAddress.getByAddress(nat64)).isPresent())
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        "127.77.0.0/16, 127.77.255.255, true",
        "127.77.0.0/16, 127.78.0.0, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.1.2.3/9, 10.127.0.1, true",
        "10.1.2.3/9, 10.128.0.1, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "fc00::/7, fdff::1, true",
        "fc00::/7, fe00::1, false",
    })
    void aBlockContainsItsAddresses(String block, String address, boolean contained)
            throws UnknownHostException {
        assertThat(Cidr.parse(block).contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "localhost/8", "::1/129"})
    void whatIsNoBlockIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .withMessage("not a CIDR block: " + text);
    }
}
