using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Schema;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads the body of a subresource whose kind is not the resource's own (Binding, Eviction, Scale).</summary>
internal static class SubresourceBody
{
    /// <exception cref="StatusException">400, 413 or 415.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context) where T : ApiObject, IApiType<T> =>
        (T)BodyReader.Decode(context, BodyFormat.Of<T>(), await BodyReader.ReadAsync(context.Request));
}
