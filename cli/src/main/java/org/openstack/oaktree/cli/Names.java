package org.openstack.oaktree.cli;

/** Finds the names that people gave to resources which others mention by ID. */
@FunctionalInterface
interface Names {
    /** Name of the resource; its ID if it has none, is gone, or cannot be asked for. */
    String name(String noun, String id);
}
