package org.openstack.oaktree.rest;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * What a service says in the body of a refusal. Every service has a style of its own:
 *
 * <ul>
 *   <li>nova, cinder, manila, trove: {@code {"itemNotFound": {"code": 404, "message": "…"}}}
 *   <li>neutron: {@code {"NeutronError": {"type": "IpAddressInUse", "message": "…"}}}
 *   <li>keystone, heat: {@code {"error": {"code": 401, "message": "…", "title": "…"}}}
 *   <li>placement, ironic, magnum: {@code {"errors": [{"title": "…", "detail": "…"}]}}
 *   <li>ironic before: {@code {"error_message": "{\"faultstring\": \"…\"}"}}; octavia: {@code {"faultstring": "…"}}
 *   <li>designate, zaqar, barbican and pages of their frameworks: {@code {"type": "…", "message": "…"}}, {@code {"title": "…", "description": "…"}}
 *   <li>glance and swift: a small HTML page with the sentence in it
 * </ul>
 *
 * <p>Pages of load balancers are not words of the cloud: of HTML only the sentence is taken that OpenStack's own framework puts
 * behind the heading, and no tags are shown.
 *
 * @param type the service's own name for the error; empty when it has none
 * @param message its sentence; empty when it says nothing that a user should see
 * @param retryAfter seconds to wait, when the body says so
 */
record CloudWords(String type, String message, Optional<String> retryAfter) {
    static final CloudWords NONE = new CloudWords("", "", Optional.empty());

    /** What frameworks say when no code of the service has seen the request: the URL leads nowhere. */
    private static final String NO_SUCH_URL = "the resource could not be found.";

    private static final Pattern OPENSTACK_PAGE =
            Pattern.compile("(?is)<h1>\\s*(?:\\d{3} )?[^<]*</h1>\\s*(?:<p>)?(.*?)(?:<br\\s*/?>\\s*<br|</p>|</body>)");
    private static final Pattern QUOTA = Pattern.compile(
            "(?i)\\bquotas?\\b|overquota|over_quota|maximum number of .{1,60} (?:exceed(?:s|ed)|allowed)|limit (?:of|on) .{1,60} (?:exceeded|reached)");
    private static final Pattern RATE =
            Pattern.compile("(?i)rate.?limit|too many requests|overlimit|can be made every|slow down|try again later");
    private static final Pattern CAPACITY = Pattern.compile(
            "(?i)no valid host|no more (?:ip|free) addresses|no (?:more )?ip addresses? (?:is |are )?available|IpAddressGenerationFailure"
                    + "|ExternalIpAddressExhausted|NoNetworkAvailable|insufficient (?:storage|capacity|resources|free)|not enough (?:hosts?|resources|free|space)"
                    + "|no available (?:host|hypervisor|node)s?");
    private static final Pattern EXISTS = Pattern.compile(
            "(?i)already exists?\\b|duplicate|IpAddressInUse|MacAddressInUse|IpAddressAlreadyAllocated|already (?:been )?(?:taken|allocated|used)"
                    + "|Exists$|in use by another|is (?:already )?used by another");
    private static final Pattern STATE = Pattern.compile(
            "(?i)InUse$|AlreadyAssociated|while it is in|\\bin use\\b|being used|not empty|must be (?:in|one of|available)"
                    + "|invalid (?:volume|snapshot|backup|state|status)|\\bstat(?:e|us)\\b|already (?:associated|attached|has a)"
                    + "|has (?:children|dependent|snapshots|active|ports)|\\blocked\\b|attached to|not attached|protected|cannot be deleted");

    /** Reads a body. Never fails: what cannot be read says nothing. */
    static CloudWords read(byte[] body, String contentType) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return NONE;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return of(Json.read(new ByteArrayInputStream(body)), 0);
            } catch (JacksonException brokenJson) {
                return NONE;
            }
        }
        if (text.startsWith("<") || contentType.contains("html")) {
            var page = OPENSTACK_PAGE.matcher(text);
            // A page without the framework's form is a proxy's; one with a form inside the sentence as well.
            return page.find() ? new CloudWords("", plain(page.group(1)), Optional.empty()) : NONE;
        }
        return new CloudWords("", plain(text), Optional.empty());
    }

    private static CloudWords of(Json document, int depth) {
        if (document.elements().size() > 0) {
            return of(document.elements().getFirst(), depth + 1);
        }
        if (!document.text().isEmpty()) {
            String text = document.text().strip();
            if (text.startsWith("{") && depth < 4) {
                return read(text.getBytes(StandardCharsets.UTF_8), "");
            }
            return new CloudWords("", plain(text), Optional.empty());
        }
        if (depth > 4) {
            return NONE;
        }
        List<String> names = document.names();
        for (String wrapper : List.of("NeutronError", "error", "errors", "error_message", "QuotaError")) {
            if (document.at(wrapper).isPresent()) {
                CloudWords inner = of(document.at(wrapper), depth + 1);
                String type = inner.type.isEmpty() && wrapper.equals("QuotaError") ? "OverQuota" : inner.type;
                return inner.message.isEmpty() ? flat(document).withType(type) : inner.withType(type);
            }
        }
        if (names.size() == 1 && !document.at(names.getFirst()).names().isEmpty()) {
            CloudWords inner = flat(document.at(names.getFirst()));
            return inner.type.isEmpty() ? inner.withType(names.getFirst()) : inner;
        }
        return flat(document);
    }

    private static CloudWords flat(Json document) {
        String message = "";
        for (String name :
                List.of("message", "faultstring", "detail", "description", "explanation", "reason", "title")) {
            message = plain(document.at(name).text());
            if (!message.isEmpty()) {
                break;
            }
        }
        String retry = document.at("retryAfter").word();
        return new CloudWords(
                document.at("type").text(), message, retry.isEmpty() ? Optional.empty() : Optional.of(retry));
    }

    private CloudWords withType(String other) {
        return new CloudWords(other, message, retryAfter);
    }

    /** One line without tags. */
    private static String plain(String text) {
        String line = text.replaceAll("(?s)<[^>]{0,200}>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#x27;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return line.toLowerCase(Locale.ROOT).contains("traceback (most recent call last)") ? "" : line;
    }

    /** The sentence without these texts, however the service came by them. */
    CloudWords without(Collection<String> secrets) {
        String clean = message.replaceAll("gAAAA[\\w\\-=]{20,}", "***");
        // The longest first: what is left of one after a part of it was replaced would not be found.
        List<String> longestFirst = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : longestFirst) {
            clean = clean.replace(secret, "***");
        }
        return new CloudWords(type, clean, retryAfter);
    }

    boolean speakOfQuota() {
        return QUOTA.matcher(type).find() || QUOTA.matcher(message).find();
    }

    boolean speakOfRate() {
        return RATE.matcher(type).find() || RATE.matcher(message).find();
    }

    boolean speakOfCapacity() {
        return CAPACITY.matcher(type).find() || CAPACITY.matcher(message).find();
    }

    boolean speakOfExistence() {
        return EXISTS.matcher(type).find() || EXISTS.matcher(message).find();
    }

    boolean speakOfState() {
        return STATE.matcher(type).find() || STATE.matcher(message).find();
    }

    boolean saySuchUrlIsUnknown() {
        return message.toLowerCase(Locale.ROOT).endsWith(NO_SUCH_URL);
    }
}
