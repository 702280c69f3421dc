using Petrel.Api;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Writes;

/// <summary>PUT: the body is the new object; some kinds are created by it when there is none.</summary>
internal sealed class Replacement(ResourceEndpoint endpoint, ApiObject body, string manager) : ObjectChange
{
    public override bool IsReplace => true;

    public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken) => ValueTask.FromResult(body);

    public override ValueTask<ApiObject?> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult(endpoint.Info.CreateOnUpdate && Subresource.Length == 0
        ? endpoint.Fields.Create(body with { Metadata = body.Metadata with { ResourceVersion = "" } }, manager, endpoint.Now())
        : null);
}
