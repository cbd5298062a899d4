package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;
import java.util.Set;
import org.openstack.oaktree.resource.json.JsonPath;
import org.openstack.oaktree.resource.json.MessageWriter;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.rest.v1.Clear;
import org.openstack.oaktree.rest.v1.Convert;
import org.openstack.oaktree.rest.v1.Field;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.rest.v1.UpdateVerb;

/**
 * Refuses, at start-up, declarations of which the engine would not do a part: a field that is not sent, or sent as it should not be, must
 * not wait for the first user who sets it. What classes answer is theirs.
 */
final class DeclarationCheck {
    private final Set<String> messages;

    /** The messages of all resources that there are. */
    DeclarationCheck(Set<String> messages) {
        this.messages = Set.copyOf(messages);
    }

    /** @throws IllegalStateException when the resource's options say what is not done, or contradict each other */
    void check(ResourceType type) {
        Resource options = type.options();
        Descriptor message = type.prototype().getDescriptorForType();
        String where = type.message();
        refuse(options.getPath().contains("{"), where, "path", "no parent's ID is put into a path");
        refuse(!Set.of("", "id", "name").contains(options.getId()), where, "id", "URLs have an id or a name");
        refuse(
                options.getUpdateVerb() != UpdateVerb.UPDATE_VERB_UNSPECIFIED
                        && type.service().findMethodByName("Update" + type.noun()) == null,
                where,
                "update_verb",
                "there is no Update method");
        if (options.hasMembers()) {
            refuse(options.getMembers().getPath().isEmpty(), where, "members", "needs a path");
            refuse(options.getMembers().getAccepted().isEmpty(), where, "members", "must say what is accepted");
        }
        if (options.hasPartOf()) {
            refuse(message.findFieldByName(options.getPartOf().getField()) == null, where, "part_of", "names no field");
            refuse(!messages.contains(options.getPartOf().getMessage()), where, "part_of", "names no resource");
        }
        refuse(!messages.containsAll(options.getSeenInList()), where, "seen_in", "names no resource");
        refuse(
                !options.getZones().isEmpty() && !messages.contains(options.getZones()),
                where,
                "zones",
                "names no resource");
        refuse(
                (options.hasMembers() || options.hasPartOf())
                        && options.getShared().isEmpty(),
                where,
                "shared",
                "must say what is shared already");
    }

    /** @throws IllegalStateException when the options of a regular method, or of its fields, say what is not done */
    void check(ResourceType type, MethodDescriptor method) {
        String name = method.getName();
        boolean action =
                !method.getOptions().getExtension(Rest.method).getAction().isEmpty();
        boolean creates = !action && name.equals("Create" + type.noun());
        boolean updates = !action && name.equals("Update" + type.noun());
        boolean reads = !action && (name.startsWith("List") || name.startsWith("Get"));
        boolean refers = creates || (!action && name.startsWith("WaitFor"));
        boolean waits = action || name.startsWith("Delete") || name.startsWith("WaitFor");
        refuse(
                method.getOptions().getExtension(Rest.method).hasWait() && !waits,
                method.getFullName(),
                "wait",
                "it does not wait");
        for (FieldDescriptor field : method.getInputType().getFields()) {
            Field options = Options.of(field);
            String where = field.getFullName();
            refuse(!options.getQuery().isEmpty() && !reads, where, "query", "only List and Get have parameters");
            refuse(options.getOutside() && !creates, where, "outside", "only Create has something outside");
            refuse(
                    !options.getMinMicroversion().isEmpty() && !creates && !updates,
                    where,
                    "min_microversion",
                    "only Create and Update look at it");
            refuse(options.getKey(), where, "key", "requests are not read from JSON");
            checkReference(field, refers);
            checkParts(field, creates, refers);
        }
        if (creates || action) {
            MessageWriter.ownFields(method.getInputType()).forEach(this::checkWritten);
        }
        if (creates) {
            for (FieldDescriptor field : method.getOutputType().getFields()) {
                String unless = Options.of(field).getUnless();
                refuse(
                        !unless.isEmpty() && method.getInputType().findFieldByName(unless) == null,
                        field.getFullName(),
                        "unless",
                        "names no field of the request");
            }
        }
    }

    private void checkReference(FieldDescriptor field, boolean refers) {
        String target = Options.of(field).getRef();
        String where = field.getFullName();
        refuse(!target.isEmpty() && !refers, where, "ref", "only Create and WaitFor look for what is named");
        refuse(!target.isEmpty() && !messages.contains(target), where, "ref", "names no resource");
    }

    private void checkParts(FieldDescriptor field, boolean creates, boolean refers) {
        if (!Parts.is(field)) {
            return;
        }
        for (FieldDescriptor inner : field.getMessageType().getFields()) {
            Field options = Options.of(inner);
            String where = inner.getFullName();
            refuse(!options.getQuery().isEmpty(), where, "query", "only in the request itself");
            refuse(options.getOutside(), where, "outside", "only in the request itself");
            refuse(
                    !options.getMinMicroversion().isEmpty() && !creates,
                    where,
                    "min_microversion",
                    "only Create looks at it");
            refuse(options.getKey(), where, "key", "requests are not read from JSON");
            checkReference(inner, refers);
            checkParts(inner, creates, refers);
        }
    }

    private void checkWritten(FieldDescriptor field) {
        Field options = Options.of(field);
        String where = field.getFullName();
        refuse(options.getConvert() == Convert.CONVERT_PRESENCE, where, "convert", "presence is only read");
        refuse(options.getClear() != Clear.CLEAR_UNSPECIFIED, where, "clear", "only Update clears");
        refuse(
                Options.paths(field).stream().limit(1).anyMatch(path -> !isWritable(path.steps())),
                where,
                "json",
                "cannot be written there");
        if (Parts.is(field)) {
            field.getMessageType().getFields().forEach(this::checkWritten);
        }
    }

    /** A member of objects, and of every element of one list. */
    private static boolean isWritable(List<JsonPath.Step> steps) {
        return steps.stream().noneMatch(JsonPath.AnyKey.class::isInstance)
                && steps.stream().filter(JsonPath.Every.class::isInstance).count() <= 1;
    }

    private static void refuse(boolean wrong, String where, String option, String why) {
        if (wrong) {
            throw new IllegalStateException(where + ": option " + option + ": " + why);
        }
    }
}
