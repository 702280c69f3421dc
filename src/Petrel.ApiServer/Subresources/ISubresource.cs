using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Subresources;

/// <summary>A part of an object with a path of its own: status, scale, log, exec, binding, …</summary>
internal interface ISubresource
{
    /// <summary>Path element after the object's name.</summary>
    string Name { get; }

    /// <summary>Kinds that have it; null for every kind that declares it in its <see cref="Petrel.Api.Resources.ResourceInfo"/>.</summary>
    Type? Kind { get; }

    Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint);
}
