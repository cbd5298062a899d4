package org.openstack.oaktree.simcloud.glance;

import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Times;

/** {@code /images/{id}/members}: the projects with which an image is shared. */
final class MemberApi {
    private static final String PATH = "/v2/images/{id}/members";

    private final Images images;

    MemberApi(Images images) {
        this.images = images;
    }

    void addTo(Router router) {
        router.add("GET", PATH, this::list)
                .add("POST", PATH, this::add)
                .add("GET", PATH + "/{member}", call -> Answer.json(200, view(shared(call), member(call))))
                .add("PUT", PATH + "/{member}", this::answer)
                .add("DELETE", PATH + "/{member}", this::remove);
    }

    private Answer list(Call call) {
        Image image = shared(call);
        return Answer.json(
                200,
                JsonObject.of(
                                "members",
                                image.members().values().stream()
                                        .filter(member -> call.caller().sees(image.owner())
                                                || call.caller().sees(member.projectId()))
                                        .map(member -> view(image, member))
                                        .toList())
                        .put("schema", "/v2/schemas/members"));
    }

    private Answer add(Call call) {
        Image image = shared(call);
        requireOwner(call, image);
        String project = Glance.object(call).text("member");
        if (project.isEmpty()) {
            throw new ApiException(400, "Member to be added not specified");
        }
        if (image.members().containsKey(project)) {
            throw new ApiException(
                    409, "Image member " + project + " is already associated with image " + image.id() + ".");
        }
        Image.Member member = new Image.Member(project, "pending", images.now(), images.now());
        image.members().put(project, member);
        return Answer.json(200, view(image, member));
    }

    private Answer answer(Call call) {
        Image image = shared(call);
        Image.Member member = member(call);
        if (!call.caller().isAdmin() && !call.caller().projectId().equals(member.projectId())) {
            throw new ApiException(403, "You are not permitted to modify 'status' on this image member.");
        }
        Image.Member changed = new Image.Member(
                member.projectId(), Glance.object(call).text("status"), member.createdAt(), images.now());
        image.members().put(member.projectId(), changed);
        return Answer.json(200, view(image, changed));
    }

    private Answer remove(Call call) {
        Image image = shared(call);
        requireOwner(call, image);
        image.members().remove(member(call).projectId());
        return Answer.empty(204);
    }

    private Image shared(Call call) {
        String id = call.variable("id");
        Image image = images.visible(id, call.caller()).orElseThrow(() -> Glance.notFound(id));
        if (!image.attributes().text("visibility").equals("shared")) {
            throw new ApiException(
                    403, "Not allowed to list members for image " + id + ": Only shared images have members.");
        }
        return image;
    }

    private Image.Member member(Call call) {
        Image.Member member = shared(call).members().get(call.variable("member"));
        if (member == null) {
            throw new ApiException(
                    404,
                    call.variable("member") + " not found in the member list of the image " + call.variable("id")
                            + ".");
        }
        return member;
    }

    private static void requireOwner(Call call, Image image) {
        if (!call.caller().sees(image.owner())) {
            throw new ApiException(403, "You do not own this image");
        }
    }

    private static JsonObject view(Image image, Image.Member member) {
        return JsonObject.of("member_id", member.projectId())
                .put("image_id", image.id())
                .put("status", member.status())
                .put("created_at", Times.seconds(member.createdAt()))
                .put("updated_at", Times.seconds(member.updatedAt()))
                .put("schema", "/v2/schemas/member");
    }
}
