using Petrel.Api;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Writes;

/// <summary>PATCH: the new object is the stored one with the patch applied. A newer stored object is patched again.</summary>
internal sealed class PatchedObject(ResourceEndpoint endpoint, RequestInfo info, PatchApplication patch) : ObjectChange
{
    public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken)
    {
        var value = patch.Apply(old, endpoint.Type.Schema, endpoint.Type.Decode);
        value = UrlIdentity.WithNamespace(value, info, endpoint.Info);
        UrlIdentity.CheckName(value, info);
        return ValueTask.FromResult(ResourceEndpoint.WithDefaults(value));
    }
}
