using System.Runtime.CompilerServices;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Client.Api;

/// <summary>Typed calls over <see cref="IApi"/>. Error answers are thrown as <see cref="ApiException"/>.</summary>
public static class TypedApi
{
    /// <param name="namespace">Null for kinds that have no namespace.</param>
    public static async Task<T> GetAsync<T>(this IApi api, string? @namespace, string name, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T> =>
        Decode<T>(await api.SendAsync(new ApiRequest("GET", ApiPath.Of(T.Info, @namespace, name)), cancellationToken));

    /// <summary>The object, or null when it does not exist.</summary>
    public static async Task<T?> FindAsync<T>(this IApi api, string? @namespace, string name, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var response = await api.SendAsync(new ApiRequest("GET", ApiPath.Of(T.Info, @namespace, name)), cancellationToken);
        return response.StatusCode == 404 ? null : Decode<T>(response);
    }

    /// <param name="namespace">Null for all namespaces.</param>
    public static async Task<ListResult<T>> ListAsync<T>(this IApi api, string? @namespace, ListOptions options, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var request = new ApiRequest("GET", ApiPath.Of(T.Info, @namespace, null) + options.ToQuery(watch: false));
        var response = await api.SendAsync(request, cancellationToken);
        ThrowIfError(response);
        return ListDecoder.Decode<T>(response.Body.Span, isForCache: false);
    }

    public static async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        this IApi api, string? @namespace, ListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var request = new ApiRequest("GET", ApiPath.Of(T.Info, @namespace, null) + options.ToQuery(watch: true));
        await foreach (var item in api.WatchAsync(request, cancellationToken))
        {
            if (item.Type == "ERROR")
            {
                throw new ApiException(JsonDecoder.Decode<Status>(item.Object.Span, new DecodeProblems()));
            }

            yield return new WatchEvent<T>(item.Type, JsonDecoder.Decode<T>(item.Object.Span, new DecodeProblems()));
        }
    }

    public static async Task<T> CreateAsync<T>(this IApi api, T value, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T> =>
        Decode<T>(await api.SendAsync(
            new ApiRequest("POST", ApiPath.Of(T.Info, NamespaceOf(value), null)) { Body = JsonEncoding.Encode(value) }, cancellationToken));

    /// <summary>Replaces the object; fails with a conflict when it changed since <paramref name="value"/> was read.</summary>
    public static Task<T> UpdateAsync<T>(this IApi api, T value, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T> => api.PutAsync(value, "", cancellationToken);

    public static Task<T> UpdateStatusAsync<T>(this IApi api, T value, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T> => api.PutAsync(value, "/status", cancellationToken);

    /// <param name="subresource">E.g. <c>status</c>; null for the object itself.</param>
    public static async Task<T> PatchAsync<T>(
        this IApi api, string? @namespace, string name, PatchBody patch, string? subresource, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var path = ApiPath.Of(T.Info, @namespace, name) + (subresource is null ? "" : "/" + subresource);
        return Decode<T>(await api.SendAsync(new ApiRequest("PATCH", path) { Body = patch.Content, ContentType = patch.ContentType }, cancellationToken));
    }

    /// <summary>Deletes the object. An object that is already gone is no error: false is returned.</summary>
    public static async Task<bool> DeleteAsync<T>(this IApi api, string? @namespace, string name, DeleteOptions? options, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>
    {
        var body = options is null ? default : (ReadOnlyMemory<byte>)JsonEncoding.Encode(options);
        var response = await api.SendAsync(new ApiRequest("DELETE", ApiPath.Of(T.Info, @namespace, name)) { Body = body }, cancellationToken);
        if (response.StatusCode == 404)
        {
            return false;
        }

        ThrowIfError(response);
        return true;
    }

    /// <summary>Posts to a subresource of <typeparamref name="T"/> (binding, eviction, token) and returns the answer's body.</summary>
    public static async Task<ReadOnlyMemory<byte>> CreateSubresourceAsync<T>(
        this IApi api, string? @namespace, string name, string subresource, IApiType body, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>
    {
        var request = new ApiRequest("POST", ApiPath.Of(T.Info, @namespace, name) + "/" + subresource) { Body = JsonEncoding.Encode(body) };
        var response = await api.SendAsync(request, cancellationToken);
        ThrowIfError(response);
        return response.Body;
    }

    private static async Task<T> PutAsync<T>(this IApi api, T value, string suffix, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var path = ApiPath.Of(T.Info, NamespaceOf(value), value.Metadata.Name) + suffix;
        return Decode<T>(await api.SendAsync(new ApiRequest("PUT", path) { Body = JsonEncoding.Encode(value) }, cancellationToken));
    }

    private static string? NamespaceOf(ApiObject value) => value.Metadata.Namespace.Length == 0 ? null : value.Metadata.Namespace;

    private static T Decode<T>(ApiResponse response) where T : IApiType<T>
    {
        ThrowIfError(response);
        return JsonDecoder.Decode<T>(response.Body.Span, new DecodeProblems());
    }

    /// <summary>Throws when the answer is an error, with the server's Status or one made from the HTTP answer.</summary>
    public static void ThrowIfError(ApiResponse response)
    {
        if (response.IsSuccess)
        {
            return;
        }

        throw new ApiException(ReadStatus(response));
    }

    private static Status ReadStatus(ApiResponse response)
    {
        if (response.ContentType == "application/json")
        {
            try
            {
                return JsonDecoder.Decode<Status>(response.Body.Span, new DecodeProblems());
            }
            catch (JsonException)
            {
                // A proxy's error page with the wrong content type: fall through to the HTTP status.
            }
        }

        return new Status { Code = response.StatusCode, Message = $"the server answered with HTTP status {response.StatusCode}" };
    }
}
