package org.openstack.oaktree.simcloud.neutron;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A range of addresses, as 10.0.0.0/24.
 *
 * @param network its first address
 * @param bits of the address: 32 or 128
 */
record Cidr(BigInteger network, int prefix, int bits) {
    /** Reads a range; empty when the text is none. */
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return Address.parse(text.substring(0, slash))
                .filter(address -> prefix <= address.bits())
                .map(address -> new Cidr(clear(address.value(), address.bits() - prefix), prefix, address.bits()));
    }

    int version() {
        return bits == Address.V4_BITS ? 4 : 6;
    }

    BigInteger last() {
        return network.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
    }

    boolean contains(Address address) {
        return address.bits() == bits && clear(address.value(), bits - prefix).equals(network);
    }

    boolean overlaps(Cidr other) {
        return bits == other.bits && network.compareTo(other.last()) <= 0 && other.network.compareTo(last()) <= 0;
    }

    /** The address so many places after the first. */
    Address address(long offset) {
        return new Address(network.add(BigInteger.valueOf(offset)), bits);
    }

    /** The address that a host with this MAC takes by itself (EUI-64). */
    Address slaac(String mac) {
        long digits = Long.parseLong(mac.replace(":", ""), 16);
        long high = (digits >>> 24) ^ 0x020000L;
        long low = (0xfffeL << 24) | (digits & 0xffffffL);
        BigInteger host = BigInteger.valueOf(high).shiftLeft(40).or(BigInteger.valueOf(low));
        return new Address(network.or(host), bits);
    }

    @Override
    public String toString() {
        return new Address(network, bits) + "/" + prefix;
    }

    private static BigInteger clear(BigInteger value, int low) {
        return value.shiftRight(low).shiftLeft(low);
    }
}
