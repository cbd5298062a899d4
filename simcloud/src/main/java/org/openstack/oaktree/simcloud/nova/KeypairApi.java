package org.openstack.oaktree.simcloud.nova;

import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Times;
import org.openstack.oaktree.simcloud.world.World;

/** {@code /os-keypairs}: they belong to a user, not to a project. */
final class KeypairApi {
    private static final int SAFE_NAMES_UNTIL = 92;
    private static final Pattern SAFE_NAME = Pattern.compile("[_\\- 0-9A-Za-z]*");

    private final World world;
    private final Compute compute;
    private int nextNumber = 1;

    KeypairApi(World world, Compute compute) {
        this.world = world;
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/os-keypairs", this::list)
                .add("POST", "/v2.1/os-keypairs", this::create)
                .add("GET", "/v2.1/os-keypairs/{name}", this::show)
                .add("DELETE", "/v2.1/os-keypairs/{name}", this::delete);
    }

    private Answer list(Call call) {
        String userId = userId(call, "index");
        boolean isPaged = call.version().has(35);
        Page page = isPaged ? Page.of(call, compute.maxLimit()) : new Page(Integer.MAX_VALUE, "");
        List<Keypair> all = compute.keypairs().stream()
                .filter(keypair -> keypair.userId().equals(userId))
                .sorted(Comparator.comparing(Keypair::name))
                .toList();
        int start = start(all, page);
        List<Keypair> shown = all.stream().skip(start).limit(page.limit()).toList();
        JsonObject answer = JsonObject.of(
                "keypairs",
                shown.stream()
                        .map(keypair -> JsonObject.of("keypair", brief(call, keypair)))
                        .toList());
        if (page.hasNext(shown.size())) {
            answer.put("keypairs_links", Links.next(call, shown.getLast().name()));
        }
        return Answer.json(200, answer);
    }

    private static int start(List<Keypair> all, Page page) {
        List<String> names = all.stream().map(Keypair::name).toList();
        if (!page.marker().isEmpty() && !names.contains(page.marker())) {
            throw new ApiException(400, "Marker " + page.marker() + " could not be found.");
        }
        return page.start(names);
    }

    private Answer show(Call call) {
        Keypair keypair = find(call, userId(call, "show"));
        JsonObject view = JsonObject.of("name", keypair.name())
                .put("public_key", keypair.publicKey())
                .put("fingerprint", keypair.fingerprint())
                .put("user_id", keypair.userId())
                .put("created_at", Times.micros(keypair.createdAt()))
                .put("deleted", false)
                .put("deleted_at", null)
                .put("id", keypair.number())
                .put("updated_at", null)
                .putIf(call.version().has(2), "type", "ssh");
        return Answer.json(200, JsonObject.of("keypair", view));
    }

    private Answer create(Call call) {
        schema(call).check("", call.json());
        JsonObject wanted = call.jsonObject().object("keypair");
        String name = wanted.text("name");
        requireGoodName(call, name);
        String userId = call.version().has(10) && wanted.has("user_id")
                ? other(call, wanted.text("user_id"), "create")
                : call.caller().userId();
        SshKeys.Generated generated = wanted.has("public_key") ? null : SshKeys.generate();
        String publicKey = generated == null ? wanted.text("public_key") : generated.publicKey();
        String fingerprint = SshKeys.fingerprint(publicKey)
                .orElseThrow(() -> new ApiException(400, "Keypair data is invalid: failed to generate fingerprint"));
        requireRoom(userId);
        if (compute.keypair(userId, name).isPresent()) {
            throw new ApiException(409, "Key pair '" + name + "' already exists.");
        }
        Keypair keypair = new Keypair(
                nextNumber++, userId, name, publicKey, fingerprint, world.now().truncatedTo(ChronoUnit.SECONDS));
        compute.keypairs().add(keypair);
        JsonObject view = JsonObject.of();
        if (generated != null) {
            view.put("private_key", generated.privateKey());
        }
        view.putIf(call.version().has(2), "type", "ssh")
                .put("name", name)
                .put("public_key", publicKey)
                .put("fingerprint", fingerprint)
                .put("user_id", userId);
        return Answer.json(call.version().has(2) ? 201 : 200, JsonObject.of("keypair", view));
    }

    private void requireRoom(String userId) {
        long used = compute.keypairs().stream()
                .filter(keypair -> keypair.userId().equals(userId))
                .count();
        if (used >= compute.quotas().limit("key_pairs")) {
            throw new ApiException(403, "Quota exceeded, too many key pairs.");
        }
    }

    private Answer delete(Call call) {
        Keypair keypair = find(call, userId(call, "delete"));
        compute.keypairs().remove(keypair);
        return Answer.empty(call.version().has(2) ? 204 : 202);
    }

    private Keypair find(Call call, String userId) {
        String name = call.variable("name");
        return compute.keypair(userId, name)
                .orElseThrow(() -> new ApiException(404, "Keypair " + name + " not found for user " + userId));
    }

    private static String userId(Call call, String rule) {
        return call.version().has(10)
                ? call.query()
                        .last("user_id")
                        .map(id -> other(call, id, rule))
                        .orElse(call.caller().userId())
                : call.caller().userId();
    }

    /** Only an admin may name another user than himself. */
    private static String other(Call call, String userId, String rule) {
        if (!userId.equals(call.caller().userId()) && !call.caller().isAdmin()) {
            throw Nova.forbidden("os-keypairs:" + rule);
        }
        return userId;
    }

    private static Schema schema(Call call) {
        Schema.ObjectSchema keypair = Schema.object().must("name", Schema.text(1, 255));
        Schema publicKey = Schema.text(0, 65_535);
        if (call.version().has(92)) {
            keypair.must("public_key", publicKey);
        } else {
            keypair.may("public_key", publicKey);
        }
        if (call.version().has(2)) {
            keypair.may("type", Schema.oneOf("ssh"));
        }
        if (call.version().has(10)) {
            keypair.may("user_id", Schema.text(1, 255));
        }
        return Schema.object().must("keypair", keypair);
    }

    private static void requireGoodName(Call call, String name) {
        boolean isPrintable =
                name.codePoints().noneMatch(c -> Character.isISOControl(c) || !Character.isBmpCodePoint(c));
        if (!isPrintable || !name.equals(name.strip())) {
            throw new ApiException(
                    400,
                    "An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with"
                            + " whitespace.");
        }
        String extra = call.version().has(SAFE_NAMES_UNTIL) ? "@._- " : "_- ";
        boolean isSafe = call.version().has(SAFE_NAMES_UNTIL)
                ? name.matches("[@._\\- 0-9A-Za-z]*")
                : SAFE_NAME.matcher(name).matches();
        if (!isSafe) {
            throw new ApiException(
                    400,
                    "An invalid 'name' value was provided. The name must be: Only expected characters: [" + extra
                            + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ]");
        }
    }

    private static JsonObject brief(Call call, Keypair keypair) {
        return JsonObject.of("name", keypair.name())
                .put("public_key", keypair.publicKey())
                .put("fingerprint", keypair.fingerprint())
                .putIf(call.version().has(2), "type", "ssh");
    }
}
