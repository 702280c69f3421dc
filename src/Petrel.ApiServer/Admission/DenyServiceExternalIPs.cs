using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>Services may not claim addresses outside the cluster; those that did before keep them.</summary>
internal sealed class DenyServiceExternalIPs : IValidatingAdmission
{
    public string Name => "DenyServiceExternalIPs";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is<Service>() && request.Object is Service service)
        {
            var had = (request.OldObject as Service)?.Spec.ExternalIPs ?? default;
            if (service.Spec.ExternalIPs.Any(address => !had.Contains(address)))
            {
                throw request.Refusal("Use of external IPs is denied by admission control");
            }
        }

        return default;
    }
}
