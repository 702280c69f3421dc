namespace Petrel.ApiServer.Admission;

/// <summary>Has nothing against any write.</summary>
internal sealed class AlwaysAdmit : IValidatingAdmission
{
    public string Name => "AlwaysAdmit";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => default;
}
