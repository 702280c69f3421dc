using Petrel.Api.Core;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>Refuses every write in a namespace that does not exist.</summary>
internal sealed class NamespaceExists(Func<ResourceEndpoint> namespaces) : IValidatingAdmission
{
    public string Name => "NamespaceExists";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Connect && request.Namespace.Length > 0 && request.Type.ClrType != typeof(Namespace))
        {
            await namespaces().Store.GetAsync("", request.Namespace, cancellationToken);
        }
    }
}
