using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Subresources;

/// <summary>Asks admission whether a connection may be made, before anything is looked up.</summary>
internal static class ConnectAdmission
{
    /// <exception cref="Responses.StatusException">It may not.</exception>
    public static async ValueTask AdmitAsync(ResourceEndpoint endpoint, RequestContext request, ConnectOptions options, CancellationToken cancellationToken)
    {
        var admission = new AdmissionRequest(AdmissionOperation.Connect, endpoint.Type, request)
        {
            Subresource = request.Info.Subresource,
            Namespace = request.Info.Namespace,
            Name = request.Info.Name,
            Object = options,
        };
        await endpoint.Admission.MutateAsync(admission, cancellationToken);
        await endpoint.Admission.ValidateAsync(admission, cancellationToken);
    }
}
