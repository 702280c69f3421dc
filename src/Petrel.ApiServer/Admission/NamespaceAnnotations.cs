using Petrel.Api;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>What administrators note on namespaces for plugins.</summary>
internal static class NamespaceAnnotations
{
    /// <summary>The annotations of the namespace that a write is in.</summary>
    /// <exception cref="StatusException">404: there is no such namespace.</exception>
    public static async ValueTask<ApiMap<string>> OfAsync(AdmissionRequest request, Func<ResourceEndpoint> namespaces, CancellationToken cancellationToken) =>
        ((Namespace)(await namespaces().Store.GetAsync("", request.Namespace, cancellationToken)).Decode()).Metadata.Annotations;
}
