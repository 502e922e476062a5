package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.ParsedUrl;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spellings by which an inner address was reached through other programs. Each is refused as a
/// URL, or is read as the address that it means and refused as that.
class SsrfTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.000.000.001/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7F.0x0.0x0.0x1/",
                "http://0177.0.0.01/",
                "http://0177.0x0.0.1/",
                "http://127.0.0.1./",
                "http://127.0.0.1:80/",
                "http://127.0.0.1%2f@example.com/",
                "http://%31%32%37.0.0.1/",
                "http://127。0。0。1/",
                "http://①②⑦.⓪.⓪.①/",
                "http://１２７.０.０.１/",
                "http://0/",
                "http://0.0.0.0/",
                "http://0x0/",
                "http://10.0.0.1/",
                "http://10.1/",
                "http://167772161/",
                "http://012.0.0.1/",
                "http://0xa.0.0.1/",
                "http://172.16.0.1/",
                "http://172.31.255.254/",
                "http://0xac.0x10.0x0.0x1/",
                "http://192.168.0.1/",
                "http://192.168.257/",
                "http://3232235521/",
                "http://0300.0250.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://2852039166/",
                "http://0xa9fea9fe/",
                "http://0xA9.0xFE.0xA9.0xFE/",
                "http://0251.0376.0251.0376/",
                "http://169.254.43518/",
                "http://169.16689662/",
                "http://100.64.0.1/",
                "http://100.100.100.200/",
                "http://100.127.255.255/",
                "http://168.63.129.16/",
                "http://192.0.0.192/",
                "http://192.0.2.1/",
                "http://198.18.0.1/",
                "http://198.19.255.255/",
                "http://198.51.100.1/",
                "http://203.0.113.1/",
                "http://224.0.0.1/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://4294967295/",
                "http://[::]/",
                "http://[::1]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
                "http://[::127.0.0.1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
                "http://[::ffff:0:127.0.0.1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[64:ff9b:1::7f00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:c0a8:1::1]/",
                "http://[2001:0:7f00:1::]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[100::1]/",
                "http://[2001:db8::1]/",
                "http://[2a00::5efe:127.0.0.1]/",
                "http://user@127.0.0.1/",
                "http://example.com@127.0.0.1/",
                "http://example.com:80@127.0.0.1/",
                "http://127.0.0.1@example.com/",
                "http://127.0.0.1#@example.com/",
                "http://127.0.0.1?@example.com/",
                "http:\\\\127.0.0.1/",
                "http:///127.0.0.1/",
                "http:127.0.0.1/",
                "http://127.0.0.1\t/",
                "http://12\n7.0.0.1/",
                "http://127.0.0.1\u3000/",
                "http://127.0.0.1%00.example.com/",
                "http://1.2.3.4.5/",
                "http://256.256.256.256/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:6379/_x",
                "dict://127.0.0.1:11211/stat",
                "ftp://127.0.0.1/",
                "jar:http://127.0.0.1!/",
            })
    void isRefused(String written) throws Exception {
        ParsedUrl parsed = CanonicalUrl.parse(written);
        if (!(parsed instanceof CanonicalUrl url)) {
            return;
        }
        Target target = Target.of(url);
        byte @Nullable [] literal = NetUtil.createByteArrayFromIpAddressString(target.host());
        assertThat(literal).as("%s is read as an address", target.host()).isNotNull();
        assertThat(
                        new AddressGuard(List.of())
                                .objectionTo(
                                        target.host(), List.of(InetAddress.getByAddress(literal))))
                .isPresent();
    }
}
