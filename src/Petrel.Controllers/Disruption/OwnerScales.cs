using Petrel.Api.Apps;
using Petrel.Api.Autoscaling;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Ownership;

namespace Petrel.Controllers.Disruption;

/// <summary>How many pods the owners of pods want: the built-in ones from the caches, any other by its scale subresource.</summary>
internal sealed class OwnerScales(ControllerServices services)
{
    private readonly Informer<ReplicaSet> _sets = services.Informers.For<ReplicaSet>();
    private readonly Informer<Deployment> _deployments = services.Informers.For<Deployment>();
    private readonly Informer<StatefulSet> _statefulSets = services.Informers.For<StatefulSet>();
    private readonly Informer<ReplicationController> _controllers = services.Informers.For<ReplicationController>();

    /// <summary>The owner that decides, and its number; null when it does not exist any more.</summary>
    /// <exception cref="ExpectedPodsException">There is no such kind, or it has no scale.</exception>
    public async Task<OwnerScale?> FindAsync(string @namespace, OwnerReference reference, CancellationToken cancellationToken)
    {
        var group = GroupVersionKind.FromApiVersion(reference.ApiVersion, reference.Kind).Group;
        return (reference.Kind, group) switch
        {
            ("ReplicaSet", "apps" or "extensions") => OfReplicaSet(@namespace, reference),
            ("StatefulSet", "apps") => Of(_statefulSets.Cache.Find(@namespace, reference.Name), reference.Uid, static set => set.Spec.Replicas),
            ("ReplicationController", "") => Of(_controllers.Cache.Find(@namespace, reference.Name), reference.Uid, static controller => controller.Spec.Replicas),
            _ => await OfOtherAsync(@namespace, reference, group, cancellationToken),
        };
    }

    // A set of a Deployment is one of several: the Deployment says how many pods they have together.
    private OwnerScale? OfReplicaSet(string @namespace, OwnerReference reference)
    {
        var set = _sets.Cache.Find(@namespace, reference.Name);
        return set?.Metadata.Uid == reference.Uid && set.Controller() is { Kind: "Deployment" } parent
            ? Of(_deployments.Cache.Find(@namespace, parent.Name), parent.Uid, static deployment => deployment.Spec.Replicas)
            : Of(set, reference.Uid, static owner => owner.Spec.Replicas);
    }

    private static OwnerScale? Of<T>(T? owner, string uid, Func<T, int?> replicas) where T : Api.ApiObject =>
        owner?.Metadata.Uid == uid ? new OwnerScale(uid, replicas(owner) ?? 1) : null;

    private async Task<OwnerScale?> OfOtherAsync(string @namespace, OwnerReference reference, string group, CancellationToken cancellationToken)
    {
        var root = group.Length == 0 ? "/api/" + reference.ApiVersion : "/apis/" + reference.ApiVersion;
        var served = await ResourcesAsync(root, cancellationToken);
        var resource = served.FirstOrDefault(candidate => candidate.Kind == reference.Kind && !candidate.Name.Contains('/', StringComparison.Ordinal))?.Name
            ?? throw new ExpectedPodsException($"no matches for kind \"{reference.Kind}\" in version \"{reference.ApiVersion}\"");
        if (!served.Any(candidate => candidate.Name == resource + "/scale"))
        {
            throw new ExpectedPodsException($"{new GroupResource(group, resource)} does not implement the scale subresource");
        }

        var path = $"{root}/namespaces/{@namespace}/{resource}/{Uri.EscapeDataString(reference.Name)}/scale";
        var answer = await services.Api.SendAsync(new ApiRequest("GET", path), cancellationToken);
        if (answer.StatusCode == 404)
        {
            return null;
        }

        try
        {
            TypedApi.ThrowIfError(answer);
        }
        catch (ApiException refusal)
        {
            throw new ExpectedPodsException(refusal.Message);
        }

        var scale = JsonDecoder.Decode<Scale>(answer.Body.Span, new DecodeProblems());
        return scale.Metadata.Uid == reference.Uid ? new OwnerScale(reference.Uid, scale.Spec.Replicas) : null;
    }

    private async Task<Api.ApiList<APIResource>> ResourcesAsync(string root, CancellationToken cancellationToken)
    {
        var answer = await services.Api.SendAsync(new ApiRequest("GET", root), cancellationToken);
        if (answer.StatusCode == 404)
        {
            return [];
        }

        TypedApi.ThrowIfError(answer);
        return JsonDecoder.Decode<APIResourceList>(answer.Body.Span, new DecodeProblems()).Resources;
    }
}

/// <summary>How many pods an owner wants.</summary>
internal sealed record OwnerScale(string Uid, int Replicas);
