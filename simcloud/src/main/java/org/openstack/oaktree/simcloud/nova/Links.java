package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** The links in nova's answers. */
final class Links {
    private Links() {}

    static List<JsonObject> of(Call call, String kind, String id) {
        return List.of(
                JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2.1/" + kind + "/" + id),
                bookmark(call, kind, id));
    }

    static JsonObject bookmark(Call call, String kind, String id) {
        return JsonObject.of("rel", "bookmark").put("href", call.serviceUrl() + "/" + kind + "/" + id);
    }

    /** The link to the page after the one that ends with the marker. */
    static List<JsonObject> next(Call call, String marker) {
        Query query = call.query().with("marker", marker);
        return List.of(
                JsonObject.of("rel", "next").put("href", call.serviceUrl() + call.path() + "?" + query.encoded()));
    }
}
