using System.Runtime.CompilerServices;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>Lists and watches one resource, decoded as <typeparamref name="T"/>.</summary>
/// <param name="info">The resource: only its path counts, so that it can be one that discovery told of.</param>
/// <param name="accept">Media type to ask for, e.g. the metadata-only form of objects.</param>
public sealed class ObjectSource<T>(IApi api, ResourceInfo info, string accept) where T : ApiObject, IApiType<T>
{
    public async Task<ListResult<T>> ListAsync(string? @namespace, ListOptions options, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of(info, @namespace, null) + options.ToQuery(watch: false);
        var response = await api.SendAsync(new ApiRequest("GET", path) { Accept = accept }, cancellationToken);
        TypedApi.ThrowIfError(response);
        return ListDecoder.Decode<T>(response.Body.Span);
    }

    /// <exception cref="ApiException">The server refused the watch or ended it with an error.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        string? @namespace, ListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = ApiPath.Of(info, @namespace, null) + options.ToQuery(watch: true);
        await foreach (var item in api.WatchAsync(new ApiRequest("GET", path) { Accept = accept }, cancellationToken))
        {
            if (item.Type == "ERROR")
            {
                throw new ApiException(JsonDecoder.Decode<Status>(item.Object.Span, new DecodeProblems()));
            }

            yield return new WatchEvent<T>(item.Type, JsonDecoder.Decode<T>(item.Object.Span, new DecodeProblems()));
        }
    }
}
