using Petrel.Api;
using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Meta;

namespace Petrel.Controllers.Tests.Cluster;

/// <summary>Objects that tests begin with.</summary>
internal static class Samples
{
    public static PodTemplateSpec Template(params (string Key, string Value)[] labels) => new()
    {
        Metadata = new() { Labels = ApiMap.FromPairs(labels) },
        Spec = new() { Containers = [new Container { Name = "c", Image = "i" }], TerminationGracePeriodSeconds = 0 },
    };

    public static Deployment Deployment(string name, int replicas, string version = "1") => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            Replicas = replicas,
            Selector = new() { MatchLabels = ApiMap.FromPairs(("app", name)) },
            Template = Template(("app", name), ("v", version)),
        },
    };

    public static ReplicaSet ReplicaSet(string name, int replicas) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            Replicas = replicas,
            Selector = new() { MatchLabels = ApiMap.FromPairs(("app", name)) },
            Template = Template(("app", name)),
        },
    };

    public static Pod Pod(string name, string app = "none") => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = ApiMap.FromPairs(("app", app)) },
        Spec = Template().Spec,
    };

    public static ConfigMap ConfigMap(string name, params OwnerReference[] owners) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", OwnerReferences = [.. owners] },
    };

    public static OwnerReference OwnedBy(ApiObject owner, bool? block = null) => new()
    {
        ApiVersion = owner.GroupVersionKind.ApiVersion,
        Kind = owner.GroupVersionKind.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        BlockOwnerDeletion = block,
    };
}
