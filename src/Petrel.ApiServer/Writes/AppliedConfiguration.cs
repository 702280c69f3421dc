using Petrel.Api;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Writes;

/// <summary>
/// PATCH with an apply configuration (KEP-555): sets what the manager names, removes what it named before and now leaves out, and
/// refuses to take fields from others unless forced. Creates the object when there is none.
/// </summary>
internal sealed class AppliedConfiguration(ResourceEndpoint endpoint, RequestInfo info, ApplyPatch patch) : ObjectChange
{
    public override bool TracksFields => true;

    public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken) => ApplyToAsync(old, cancellationToken);

    public override async ValueTask<ApiObject?> CreateAsync(CancellationToken cancellationToken)
    {
        if (Subresource.Length > 0)
        {
            return null;
        }

        var value = await ApplyToAsync(old: null, cancellationToken);
        if (value.Metadata.Uid is { Length: > 0 } uid)
        {
            throw new StatusException(Statuses.Conflict(
                endpoint.Info.GroupResource, info.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found"));
        }

        return value with { Metadata = value.Metadata with { ResourceVersion = "" } };
    }

    private async ValueTask<ApiObject> ApplyToAsync(ApiObject? old, CancellationToken cancellationToken)
    {
        var value = await patch.ApplyAsync(endpoint.Fields.TrackerOf(Subresource), old, endpoint.Type.Decode, endpoint.Now(), cancellationToken);
        value = UrlIdentity.WithNamespace(value, info, endpoint.Info);
        UrlIdentity.CheckName(value, info);
        return ResourceEndpoint.WithDefaults(value);
    }
}
