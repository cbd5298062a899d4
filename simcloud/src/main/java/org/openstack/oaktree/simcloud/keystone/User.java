package org.openstack.oaktree.simcloud.keystone;

/** A user of the domain Default. */
public record User(String id, String name, String password) {
    @Override
    public String toString() {
        return "User[" + id + ", " + name + "]";
    }
}
