using System.Collections.Immutable;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>The current roles and bindings in memory. Each of four feeds replaces its part; readers take one snapshot.</summary>
internal sealed class RbacIndex : IRbacObjects, IFeedTarget<ClusterRole>, IFeedTarget<ClusterRoleBinding>, IFeedTarget<Role>, IFeedTarget<RoleBinding>
{
    private RbacSnapshot _current = RbacSnapshot.Empty;

    public RbacSnapshot Current => Volatile.Read(ref _current);

    public void Set(ClusterRole value) => Change(snapshot => snapshot.With(value));

    public void Set(ClusterRoleBinding value) => Change(snapshot => snapshot.With(value));

    public void Set(Role value) => Change(snapshot => snapshot.With(value));

    public void Set(RoleBinding value) => Change(snapshot => snapshot.With(value));

    void IFeedTarget<ClusterRole>.Remove(string @namespace, string name) => Change(snapshot => snapshot.WithoutClusterRole(name));

    void IFeedTarget<ClusterRoleBinding>.Remove(string @namespace, string name) => Change(snapshot => snapshot.WithoutClusterRoleBinding(name));

    void IFeedTarget<Role>.Remove(string @namespace, string name) => Change(snapshot => snapshot.WithoutRole(@namespace, name));

    void IFeedTarget<RoleBinding>.Remove(string @namespace, string name) => Change(snapshot => snapshot.WithoutRoleBinding(@namespace, name));

    public void Reset(IReadOnlyList<ClusterRole> objects) => Change(snapshot =>
        objects.Aggregate(snapshot with { ClusterRoles = ImmutableDictionary<string, ClusterRole>.Empty }, static (next, role) => next.With(role)));

    public void Reset(IReadOnlyList<ClusterRoleBinding> objects) => Change(snapshot =>
        objects.Aggregate(snapshot with { ClusterRoleBindings = snapshot.ClusterRoleBindings.Clear() }, static (next, binding) => next.With(binding)));

    public void Reset(IReadOnlyList<Role> objects) => Change(snapshot =>
        objects.Aggregate(snapshot with { Roles = RbacSnapshot.Empty.Roles }, static (next, role) => next.With(role)));

    public void Reset(IReadOnlyList<RoleBinding> objects) => Change(snapshot =>
        objects.Aggregate(snapshot with { RoleBindings = RbacSnapshot.Empty.RoleBindings }, static (next, binding) => next.With(binding)));

    private void Change(Func<RbacSnapshot, RbacSnapshot> change) => ImmutableInterlocked.Update(ref _current, change);
}
