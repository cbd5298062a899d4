package org.openstack.oaktree.simcloud.nova;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.openstack.oaktree.simcloud.world.Digests;

/** Makes and judges SSH keys. */
final class SshKeys {
    private static final int BITS = 2048;

    /** In the PKCS #8 form of a key of this size, the PKCS #1 form begins after the algorithm's name, at this byte. */
    private static final int PKCS1_START = 26;

    private static final int LINE_LENGTH = 64;

    private SshKeys() {}

    /**
     * A new RSA key.
     *
     * @param publicKey one line as in authorized_keys
     * @param privateKey PEM, PKCS #1
     */
    record Generated(String publicKey, String privateKey) {
        @Override
        public String toString() {
            return "Generated[" + publicKey + "]";
        }
    }

    static Generated generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            byte[] pkcs8 = pair.getPrivate().getEncoded();
            byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS1_START, pkcs8.length);
            String pem = "-----BEGIN RSA PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(pkcs1)
                    + "\n-----END RSA PRIVATE KEY-----\n";
            byte[] blob = blob((RSAPublicKey) pair.getPublic());
            return new Generated("ssh-rsa " + Base64.getEncoder().encodeToString(blob) + " Generated-by-Nova", pem);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fingerprint of a public key; empty when the text is none. */
    static Optional<String> fingerprint(String publicKey) {
        String[] words = publicKey.strip().split("\\s+", -1);
        if (words.length < 2) {
            return Optional.empty();
        }
        try {
            byte[] blob = Base64.getDecoder().decode(words[1]);
            return isKey(words[0], ByteBuffer.wrap(blob))
                    ? Optional.of(HexFormat.ofDelimiter(":").formatHex(Digests.md5(blob)))
                    : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** Whether the blob is made of a fitting type and as many parts as such a key has. */
    private static boolean isKey(String type, ByteBuffer blob) {
        int parts = switch (type) {
            case "ssh-ed25519" -> 1;
            case "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> 2;
            case "ssh-dss" -> 4;
            default -> 0;
        };
        if (parts == 0 || !new String(next(blob), StandardCharsets.UTF_8).equals(type)) {
            return false;
        }
        for (int i = 0; i < parts; i++) {
            if (next(blob).length == 0) {
                return false;
            }
        }
        return !blob.hasRemaining();
    }

    private static byte[] next(ByteBuffer blob) {
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        blob.get(part);
        return part;
    }

    private static byte[] blob(RSAPublicKey key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (byte[] part : new byte[][] {
                "ssh-rsa".getBytes(StandardCharsets.UTF_8),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray()
            }) {
                out.writeInt(part.length);
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
