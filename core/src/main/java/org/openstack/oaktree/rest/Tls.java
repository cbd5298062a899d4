package org.openstack.oaktree.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Whom a cloud's connections trust, and who they say they are.
 *
 * @param verify whether the services' certificates are checked
 * @param caCert PEM file of the authorities to trust; empty for those that Java trusts
 * @param clientCert PEM file with our certificate and the chain behind it
 * @param clientKey PEM file with its private key; empty when the key stands in the same file
 */
public record Tls(boolean verify, Optional<Path> caCert, Optional<Path> clientCert, Optional<Path> clientKey) {
    /** Certificates are checked as Java does by default. */
    public static final Tls DEFAULT = new Tls(true, Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([^-]*)-----END");

    private static final char[] NO_PASSWORD = new char[0];

    /**
     * What Apache's client needs to know.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when a file cannot be used; the message names the setting
     */
    TlsSocketStrategy strategy() {
        SSLContextBuilder context = SSLContextBuilder.create();
        if (!verify) {
            use("verify", Path.of(""), () -> context.loadTrustMaterial((chain, type) -> true));
        } else {
            caCert.ifPresent(file -> use("cacert", file, () -> context.loadTrustMaterial(authorities(file), null)));
        }
        clientCert.ifPresent(file -> {
            Path keyFile = clientKey.orElse(file);
            Collection<? extends Certificate> chain = use("cert", file, () -> certificates(file));
            PrivateKey key = use("key", keyFile, () -> privateKey(keyFile));
            use("cert", file, () -> context.loadKeyMaterial(identity(key, chain), NO_PASSWORD));
        });
        SSLContext ssl = use("cacert", caCert.orElse(Path.of("")), context::build);
        return verify
                ? new DefaultClientTlsStrategy(
                        ssl, HostnameVerificationPolicy.BUILTIN, HttpsSupport.getDefaultHostnameVerifier())
                : new DefaultClientTlsStrategy(ssl, HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
    }

    private interface Attempt<T> {
        T run() throws IOException, GeneralSecurityException;
    }

    private static <T> T use(String setting, Path file, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED,
                            "The cloud's setting " + setting + " cannot be used: " + file + ": "
                                    + unusable.getMessage())
                    .cause(unusable)
                    .build();
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            // Files hold more than certificates: what is between them is left out.
            String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            Matcher block = Pattern.compile("(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----")
                    .matcher(pem);
            StringBuilder blocks = new StringBuilder();
            while (block.find()) {
                blocks.append(block.group()).append('\n');
            }
            if (blocks.isEmpty()) {
                throw new IOException("there is no certificate in it");
            }
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(blocks.toString().getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }

    private static KeyStore identity(PrivateKey key, Collection<? extends Certificate> chain)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).init(store, NO_PASSWORD);
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher block = KEY.matcher(Files.readString(file));
        if (!block.find()) {
            throw new IOException("there is no private key in it");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> anyKind(new PKCS8EncodedKeySpec(der));
            case "RSA PRIVATE KEY" ->
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Der.pkcs8(der)));
            default ->
                throw new IOException("a key of the form '" + block.group(1)
                        + "' cannot be read; convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        };
    }

    private static PrivateKey anyKind(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        InvalidKeySpecException last = new InvalidKeySpecException("the key is of an unknown kind");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException ofAnotherAlgorithm) {
                last.addSuppressed(ofAnotherAlgorithm);
            }
        }
        throw last;
    }
}
