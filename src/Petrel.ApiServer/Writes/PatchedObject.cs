using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Writes;

/// <summary>PATCH: the new object is the stored one with the patch applied. A newer stored object is patched again.</summary>
internal sealed class PatchedObject(ResourceType type, PatchApplication patch) : ObjectChange
{
    public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ResourceEndpoint.WithDefaults(patch.Apply(old, type.Schema, type.Decode)));
}
