using Petrel.Api.Meta;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;
using Petrel.Storage;

namespace Petrel.ApiServer.CustomResources;

/// <summary>Deletes all objects of a kind whose definition goes. Admission has no say: they go with their kind.</summary>
internal static class InstanceRemoval
{
    private static readonly RequestContext Request = new() { Info = new RequestInfo { Verb = "deletecollection", Path = "" } };

    /// <summary>Deletes what is there, and says how many objects their finalizers still keep.</summary>
    public static async Task<int> RunAsync(ResourceEndpoint endpoint, CancellationToken cancellationToken)
    {
        var found = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf("")), cancellationToken);
        foreach (var stored in await endpoint.Store.ReadAsync(found.Items, cancellationToken))
        {
            var meta = stored.Decode().Metadata;
            if (meta.DeletionTimestamp is not null)
            {
                continue;
            }

            try
            {
                await DeleteFlow.RunAsync(endpoint, Request, meta.Namespace, meta.Name, new DeleteOptions(), dryRun: false, cancellationToken);
            }
            catch (StatusException gone) when (gone.Status.Reason == "NotFound")
            {
                // Deleted by somebody else since it was listed: that is what was wanted.
            }
        }

        var left = await endpoint.Store.RangeAsync(new RangeRequest(endpoint.Store.RangeOf(""), Content: RangeContent.Count), cancellationToken);
        return (int)left.Count;
    }
}
