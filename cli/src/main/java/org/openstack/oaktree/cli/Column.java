package org.openstack.oaktree.cli;

import com.google.protobuf.Message;
import org.openstack.oaktree.cli.output.Cell;

/** A column of a list, or a field of one resource. */
record Column(String title, FieldPath path, Form form) {
    /** The cell of a resource. */
    Cell cell(Message resource, Names names) {
        return form.cell(path.read(resource), names);
    }
}
