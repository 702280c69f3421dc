using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Admission;

/// <summary>Makes the namespace in which something is created when it does not exist yet.</summary>
internal sealed class NamespaceAutoProvision(Func<ResourceEndpoint> namespaces) : IMutatingAdmission
{
    public string Name => "NamespaceAutoProvision";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || request.DryRun || request.Namespace.Length == 0 || !request.Type.Info.Namespaced
            || await namespaces().Store.FindAsync("", request.Namespace, cancellationToken) is not null)
        {
            return;
        }

        var value = new Namespace { Metadata = new ObjectMeta { Name = request.Namespace } }.PrepareForCreate();

        // When somebody else makes it at the same time, it is there, which is what counts.
        await namespaces().Store.TryCreateAsync(value with { Metadata = ObjectMetaRules.ForCreate(value, namespaces().Now()) }, cancellationToken);
    }
}
