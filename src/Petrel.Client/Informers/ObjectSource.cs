using System.Runtime.CompilerServices;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>Makes sources: of whole objects, or of the metadata of any resource's.</summary>
public static class ObjectSource
{
    public static ObjectSource<T> Of<T>(IApi api) where T : ApiObject, IResource<T>, IApiType<T> => new(api, T.Info);

    /// <summary>
    /// Whole objects are asked for and all but their metadata is skipped: a server in the same process has their bytes at hand, and would have to
    /// decode and encode each to send less.
    /// </summary>
    /// <param name="info">The resource: only its path counts, so that it can be one that discovery told of.</param>
    public static ObjectSource<PartialObjectMetadata> OfMetadata(IApi api, ResourceInfo info) => new(api, info);
}

/// <summary>Lists and watches one resource, decoded as <typeparamref name="T"/> for a cache: without <c>metadata.managedFields</c>.</summary>
public sealed class ObjectSource<T> where T : ApiObject, IApiType<T>
{
    private readonly IApi _api;

    internal ObjectSource(IApi api, ResourceInfo info)
    {
        _api = api;
        Info = info;
    }

    public ResourceInfo Info { get; }

    public async Task<ListResult<T>> ListAsync(string? @namespace, ListOptions options, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of(Info, @namespace, null) + options.ToQuery(watch: false);
        var response = await _api.SendAsync(new ApiRequest("GET", path), cancellationToken);
        TypedApi.ThrowIfError(response);
        return ListDecoder.Decode<T>(response.Body.Span, isForCache: true);
    }

    /// <exception cref="ApiException">The server refused the watch or ended it with an error.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        string? @namespace, ListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = ApiPath.Of(Info, @namespace, null) + options.ToQuery(watch: true);
        await foreach (var item in _api.WatchAsync(new ApiRequest("GET", path), cancellationToken))
        {
            if (item.Type == "ERROR")
            {
                throw new ApiException(JsonDecoder.Decode<Status>(item.Object.Span, new DecodeProblems()));
            }

            yield return new WatchEvent<T>(item.Type, JsonDecoder.Decode<T>(item.Object.Span, new DecodeProblems { IsForCache = true }));
        }
    }
}
