using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Tokens;

/// <summary>Finds the object that a token is to be bound to.</summary>
internal sealed class BoundObjects(IObjects objects)
{
    /// <summary>What a token names besides its account.</summary>
    internal readonly record struct Claims(ClaimedObject? Pod, ClaimedObject? Node, ClaimedObject? Secret);

    /// <exception cref="StatusException">400, 404, 409: there is no such object, it is another one, or it is not the account's.</exception>
    public async ValueTask<Claims> FindAsync(string @namespace, string account, BoundObjectReference? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
        {
            return default;
        }

        var kind = GroupVersionKind.FromApiVersion(reference.ApiVersion, reference.Kind);
        return kind switch
        {
            { Group: "", Kind: "Pod" } => await BindPodAsync(@namespace, account, reference, cancellationToken),
            { Group: "", Kind: "Secret" } => new Claims(null, null, Claim(reference, await GetAsync<Secret>(@namespace, reference, cancellationToken))),
            { Group: "", Kind: "Node" } => new Claims(null, Claim(reference, await GetAsync<Node>(null, reference, cancellationToken)), null),
            _ => throw new StatusException(Statuses.BadRequest($"cannot bind token to object of type {kind.Group}/{kind.Version}, Kind={kind.Kind}")),
        };
    }

    private async ValueTask<Claims> BindPodAsync(string @namespace, string account, BoundObjectReference reference, CancellationToken cancellationToken)
    {
        var pod = await GetAsync<Pod>(@namespace, reference, cancellationToken);
        if (pod.Spec.ServiceAccountName != account)
        {
            throw new StatusException(Statuses.BadRequest($"cannot bind token for serviceaccount \"{account}\" to pod running with different serviceaccount name."));
        }

        var claim = Claim(reference, pod);
        if (pod.Spec.NodeName.Length == 0)
        {
            return new Claims(claim, null, null);
        }

        // A pod may be bound to a node that has no object (any more): then its name is all there is to say.
        var node = await objects.FindAsync<Node>(null, pod.Spec.NodeName, cancellationToken);
        return new Claims(claim, new ClaimedObject(pod.Spec.NodeName, node?.Metadata.Uid ?? ""), null);
    }

    private async ValueTask<T> GetAsync<T>(string? @namespace, BoundObjectReference reference, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, Api.Schema.IApiType<T> =>
        await objects.FindAsync<T>(@namespace, reference.Name, cancellationToken)
            ?? throw new StatusException(Statuses.NotFound(T.Info.GroupResource, reference.Name));

    private static ClaimedObject Claim(BoundObjectReference reference, ApiObject value)
    {
        if (reference.Uid.Length > 0 && reference.Uid != value.Metadata.Uid)
        {
            throw new StatusException(Statuses.Conflict(
                new GroupResource("", reference.Kind),
                reference.Name,
                $"the UID in the bound object reference ({reference.Uid}) does not match the UID in record. The object might have been deleted and then recreated"));
        }

        return new ClaimedObject(value.Metadata.Name, value.Metadata.Uid);
    }
}
