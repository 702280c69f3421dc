using Petrel.Api;

namespace Petrel.ApiServer.Writes;

/// <summary>PUT: the body is the new object.</summary>
internal sealed class Replacement(ApiObject body) : ObjectChange
{
    public override bool IsReplace => true;

    public override ValueTask<ApiObject> ApplyAsync(ApiObject old, CancellationToken cancellationToken) => ValueTask.FromResult(body);
}
