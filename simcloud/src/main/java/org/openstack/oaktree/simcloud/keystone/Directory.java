package org.openstack.oaktree.simcloud.keystone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openstack.oaktree.simcloud.world.Ids;

/** The users, projects and roles of the cloud, and who is what where. IDs are the same in every run. */
public final class Directory {
    static final String DOMAIN_ID = "default";
    static final String DOMAIN_NAME = "Default";

    private final Map<String, Project> projects = new LinkedHashMap<>();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<Grant, List<Role>> grants = new LinkedHashMap<>();
    private final List<ApplicationCredential> credentials = new ArrayList<>();

    private record Grant(User user, Project project) {}

    /** Adds a project. */
    public Project addProject(String name) {
        Project project = new Project(Ids.fixedHex("project " + name), name);
        projects.put(project.id(), project);
        return project;
    }

    /** Adds a user. */
    public User addUser(String name, String password) {
        User user = new User(Ids.fixedHex("user " + name), name, password);
        users.put(user.id(), user);
        return user;
    }

    /** Gives a user roles in a project. */
    public void grant(User user, Project project, String... names) {
        for (String name : names) {
            Role role = roles.computeIfAbsent(name, key -> new Role(Ids.fixedHex("role " + key), key));
            grants.computeIfAbsent(new Grant(user, project), key -> new ArrayList<>())
                    .add(role);
        }
    }

    /** The project of this name. */
    public Project project(String name) {
        return projects.values().stream()
                .filter(project -> project.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The user of this name. */
    public User user(String name) {
        return users.values().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Optional<Project> projectById(String id) {
        return Optional.ofNullable(projects.get(id));
    }

    Optional<Project> projectByName(String name) {
        return projects.values().stream()
                .filter(project -> project.name().equals(name))
                .findFirst();
    }

    Optional<User> userById(String id) {
        return Optional.ofNullable(users.get(id));
    }

    Optional<User> userByName(String name) {
        return users.values().stream().filter(user -> user.name().equals(name)).findFirst();
    }

    List<Project> projects() {
        return List.copyOf(projects.values());
    }

    List<User> users() {
        return List.copyOf(users.values());
    }

    List<Role> roles() {
        return List.copyOf(roles.values());
    }

    List<Role> roles(User user, Project project) {
        return grants.getOrDefault(new Grant(user, project), List.of());
    }

    List<Project> projectsOf(User user) {
        return grants.keySet().stream()
                .filter(grant -> grant.user().equals(user))
                .map(Grant::project)
                .toList();
    }

    List<ApplicationCredential> credentials() {
        return credentials;
    }
}
